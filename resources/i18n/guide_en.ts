<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>App</name>
    <message>
        <source>导购台</source>
        <translation>Guide Desk</translation>
    </message>
</context>
<context>
    <name>ConfirmDialog</name>
    <message>
        <source>不，返回</source>
        <translation>No, go back</translation>
    </message>
</context>
<context>
    <name>Failure</name>
    <message>
        <source>这一步没有完成</source>
        <translation>This step did not finish</translation>
    </message>
    <message>
        <source>程序遇到没有预料到的情况，已有的数据没有改动。</source>
        <translation>Something unforeseen happened. Your data has not been changed.</translation>
    </message>
    <message>
        <source>请再试一次；若仍不行，复制详情发给总部支持。</source>
        <translation>Please try again. If it fails once more, copy the details and send them to head-office support.</translation>
    </message>
    <message>
        <source>这台电脑还没有接入总部</source>
        <translation>This PC has not joined head office yet</translation>
    </message>
    <message>
        <source>需要先登录</source>
        <translation>Sign in first</translation>
    </message>
    <message>
        <source>暂时连不上总部</source>
        <translation>Head office cannot be reached just now</translation>
    </message>
    <message>
        <source>数据校验没有通过</source>
        <translation>Stored data failed its check</translation>
    </message>
    <message>
        <source>填写的内容需要修改</source>
        <translation>Something you entered needs a change</translation>
    </message>
    <message>
        <source>没有找到这条记录</source>
        <translation>This record was not found</translation>
    </message>
</context>
<context>
    <name>FailureDialog</name>
    <message>
        <source>技术详情</source>
        <translation>Technical details</translation>
    </message>
    <message>
        <source>查看详情</source>
        <translation>Show details</translation>
    </message>
    <message>
        <source>复制详情</source>
        <translation>Copy details</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>LockOverlay</name>
    <message>
        <source>导购台已锁定</source>
        <translation>Guide Desk is locked</translation>
    </message>
    <message>
        <source>选择导购，输入 PIN</source>
        <translation>Choose who you are, enter your PIN</translation>
    </message>
    <message>
        <source>核对 PIN</source>
        <translation>Checking PIN</translation>
    </message>
    <message>
        <source>PIN 不对，请再试。</source>
        <translation>Wrong PIN, please try again.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>打开页面</source>
        <translation>Open page</translation>
    </message>
    <message>
        <source>立即同步</source>
        <translation>Sync now</translation>
    </message>
    <message>
        <source>撤销上一步</source>
        <translation>Undo the last step</translation>
    </message>
    <message>
        <source>快捷键</source>
        <translation>Keyboard shortcuts</translation>
    </message>
    <message>
        <source>锁定或换人</source>
        <translation>Lock or switch guide</translation>
    </message>
    <message>
        <source>搜客户、商品、券码、命令</source>
        <translation>Search clients, products, coupon codes, commands</translation>
    </message>
    <message>
        <source>返回、关闭</source>
        <translation>Back, close</translation>
    </message>
    <message>
        <source>没有可以撤销的操作</source>
        <translation>Nothing to undo</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>已撤销：{what}</source>
        <translation>Undone: {what}</translation>
    </message>
</context>
<context>
    <name>Phrase</name>
    <message>
        <source>这张券已核销</source>
        <translation>This coupon has been redeemed</translation>
    </message>
    <message>
        <source>这张券还没到使用时间</source>
        <translation>This coupon is not valid yet</translation>
    </message>
    <message>
        <source>还差 {fen} 分才到门槛</source>
        <translation>{fen} fen short of the minimum spend</translation>
    </message>
    <message>
        <source>这张券已作废</source>
        <translation>This coupon has been voided</translation>
    </message>
    <message>
        <source>这张券已过期</source>
        <translation>This coupon has expired</translation>
    </message>
    <message>
        <source>{text}</source>
        <translation>{text}</translation>
    </message>
    <message>
        <source>电话: {text}</source>
        <translation>Call: {text}</translation>
    </message>
    <message>
        <source>到店: {text}</source>
        <translation>Visit: {text}</translation>
    </message>
    <message>
        <source>消息: {text}</source>
        <translation>Message: {text}</translation>
    </message>
    <message>
        <source>购买 {text}</source>
        <translation>Bought {text}</translation>
    </message>
    <message>
        <source>退货 {text}</source>
        <translation>Returned {text}</translation>
    </message>
    <message>
        <source>分享「{text}」</source>
        <translation>Shared “{text}”</translation>
    </message>
    <message>
        <source>分享「{text}」+ 券</source>
        <translation>Shared “{text}” + coupon</translation>
    </message>
    <message>
        <source>打开「{text}」</source>
        <translation>Opened “{text}”</translation>
    </message>
    <message>
        <source>通过「{text}」领券</source>
        <translation>Claimed a coupon through “{text}”</translation>
    </message>
    <message>
        <source>领取「{text}」</source>
        <translation>Claimed “{text}”</translation>
    </message>
    <message>
        <source>核销「{text}」</source>
        <translation>Redeemed “{text}”</translation>
    </message>
    <message>
        <source>答应: {text}</source>
        <translation>Promised: {text}</translation>
    </message>
    <message>
        <source>任务: {text}</source>
        <translation>Task: {text}</translation>
    </message>
    <message>
        <source>复制图片</source>
        <translation>Copy picture</translation>
    </message>
    <message>
        <source>复制链接</source>
        <translation>Copy link</translation>
    </message>
    <message>
        <source>存为文件</source>
        <translation>Save as file</translation>
    </message>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>命令行</source>
        <translation>Command line</translation>
    </message>
    <message>
        <source>未完成</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>已完成</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>已取消</source>
        <translation>Cancelled</translation>
    </message>
    <message>
        <source>{amount} · 小票 {order}</source>
        <translation>{amount} · receipt {order}</translation>
    </message>
    <message>
        <source>惯常 {usual} 天买一次, 已 {gone} 天未到店</source>
        <translation>Usually buys every {usual} days, last seen {gone} days ago</translation>
    </message>
    <message>
        <source>答应过「{title}」, 已过期 {days} 天</source>
        <translation>You promised “{title}”, {days} days overdue</translation>
    </message>
    <message>
        <source>答应过「{title}」, 今天到期</source>
        <translation>You promised “{title}”, due today</translation>
    </message>
    <message>
        <source>通过「{product}」领了券, 还没用</source>
        <translation>Claimed a coupon through “{product}”, not used yet</translation>
    </message>
    <message>
        <source>近 3 天打开「{product}」{times} 次, 未领券</source>
        <translation>Opened “{product}” {times}× in the last 3 days, no coupon claimed</translation>
    </message>
    <message>
        <source>购买「{title}」第 {days} 天回访</source>
        <translation>Day {days} after buying “{title}”: time to ask</translation>
    </message>
    <message>
        <source>「{coupon}」还有 {days} 天过期</source>
        <translation>“{coupon}” expires in {days} days</translation>
    </message>
    <message>
        <source>{ahead}天后农历生日 ({day})</source>
        <translation>Lunar birthday in {ahead} days ({day})</translation>
    </message>
    <message>
        <source>今天农历生日 ({day})</source>
        <translation>Lunar birthday today ({day})</translation>
    </message>
    <message>
        <source>{ahead}天后生日 ({day})</source>
        <translation>Birthday in {ahead} days ({day})</translation>
    </message>
    <message>
        <source>今天生日 ({day})</source>
        <translation>Birthday today ({day})</translation>
    </message>
</context>
<context>
    <name>PinPad</name>
    <message>
        <source>删除一位</source>
        <translation>Delete one digit</translation>
    </message>
    <message>
        <source>进入</source>
        <translation>Enter</translation>
    </message>
</context>
<context>
    <name>ProgressStrip</name>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>正在处理</source>
        <translation>Working</translation>
    </message>
</context>
<context>
    <name>SearchBox</name>
    <message>
        <source>搜索结果</source>
        <translation>Search results</translation>
    </message>
    <message>
        <source>没有找到。试试姓名拼音、手机后四位或货号。</source>
        <translation>Nothing found. Try a name in pinyin, the last four digits of a phone, or an article number.</translation>
    </message>
    <message>
        <source>搜客户、商品、券码，或输入命令</source>
        <translation>Search clients, products, coupons, commands</translation>
    </message>
</context>
<context>
    <name>SetupWizard</name>
    <message>
        <source>你是哪位导购？</source>
        <translation>Which guide are you?</translation>
    </message>
    <message>
        <source>正在接入总部</source>
        <translation>Joining head office</translation>
    </message>
    <message>
        <source>欢迎使用导购台</source>
        <translation>Welcome to Guide Desk</translation>
    </message>
    <message>
        <source>填总部给你的地址和登记码，一分钟内就能开始。</source>
        <translation>Enter the address and the enrolment code from head office. You can start within a minute.</translation>
    </message>
    <message>
        <source>总部地址</source>
        <translation>Head-office address</translation>
    </message>
    <message>
        <source>登记码</source>
        <translation>Enrolment code</translation>
    </message>
    <message>
        <source>接入总部</source>
        <translation>Join head office</translation>
    </message>
    <message>
        <source>先看演示数据</source>
        <translation>Look at demo data first</translation>
    </message>
    <message>
        <source>地址要以 https:// 开头。</source>
        <translation>The address must begin with https://.</translation>
    </message>
    <message>
        <source>请填登记码，店长或总部可以发给你。</source>
        <translation>Please enter the enrolment code; your store manager or head office can send you one.</translation>
    </message>
    <message>
        <source>这是本机资料的恢复密钥，只显示这一次。请抄下来交给店长；总部也保存了一份。</source>
        <translation>This is the recovery key of this PC&apos;s data, shown only this once. Write it down and give it to the store manager; head office keeps a copy too.</translation>
    </message>
    <message>
        <source>复制</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>打印测试页</source>
        <translation>Print a test page</translation>
    </message>
    <message>
        <source>我已抄下恢复密钥</source>
        <translation>I have written the recovery key down</translation>
    </message>
    <message>
        <source>下一步</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>已接入 {store}</source>
        <translation>Joined {store}</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>快捷键</source>
        <translation>Keyboard shortcuts</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>已同步 · {time}</source>
        <translation>Synced · {time}</translation>
    </message>
    <message>
        <source>正在同步…</source>
        <translation>Syncing…</translation>
    </message>
    <message>
        <source>离线工作中 · {count} 条待上传，联网后自动同步</source>
        <translation>Working offline · {count} to upload, syncs by itself when back online</translation>
    </message>
    <message>
        <source>离线工作中 · 联网后自动同步</source>
        <translation>Working offline · syncs by itself when back online</translation>
    </message>
    <message>
        <source>需要处理 · {count} 条</source>
        <translation>Needs attention · {count}</translation>
    </message>
    <message>
        <source>尚未同步</source>
        <translation>Not synced yet</translation>
    </message>
    <message>
        <source>打开同步页</source>
        <translation>Open the sync page</translation>
    </message>
    <message>
        <source>待上传 {count}</source>
        <translation>{count} to upload</translation>
    </message>
    <message>
        <source>{name}（导购 {number}）</source>
        <translation>{name} (guide {number})</translation>
    </message>
</context>
<context>
    <name>SuggestionLine</name>
    <message>
        <source>记一笔</source>
        <translation>Add note</translation>
    </message>
    <message>
        <source>累计 {amount}</source>
        <translation>{amount} in all</translation>
    </message>
    <message>
        <source>兑现了</source>
        <translation>Kept it</translation>
    </message>
    <message>
        <source>发祝福</source>
        <translation>Send wishes</translation>
    </message>
    <message>
        <source>提醒用券</source>
        <translation>Remind of coupon</translation>
    </message>
    <message>
        <source>发这款</source>
        <translation>Send this one</translation>
    </message>
    <message>
        <source>发回访</source>
        <translation>Ask how it is</translation>
    </message>
    <message>
        <source>发新品</source>
        <translation>Send new arrivals</translation>
    </message>
</context>
<context>
    <name>TaskLine</name>
    <message>
        <source>总部</source>
        <translation>Head office</translation>
    </message>
    <message>
        <source>店长</source>
        <translation>Store manager</translation>
    </message>
    <message>
        <source>规则</source>
        <translation>Rule</translation>
    </message>
    <message>
        <source>自己</source>
        <translation>Myself</translation>
    </message>
    <message>
        <source>催办</source>
        <translation>Urged</translation>
    </message>
    <message>
        <source>答应过的事</source>
        <translation>A promise</translation>
    </message>
    <message>
        <source>已完成</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>已过期 {days} 天</source>
        <translation>{days} days overdue</translation>
    </message>
    <message>
        <source>今天 {time} 前</source>
        <translation>Today before {time}</translation>
    </message>
    <message>
        <source>{date} 前</source>
        <translation>Before {date}</translation>
    </message>
</context>
<context>
    <name>TodayPage</name>
    <message>
        <source>今天联系谁</source>
        <translation>Whom to contact today</translation>
    </message>
    <message>
        <source>每条都说明为什么</source>
        <translation>Every line says why</translation>
    </message>
    <message>
        <source>待办</source>
        <translation>To do</translation>
    </message>
    <message>
        <source>总部消息</source>
        <translation>From head office</translation>
    </message>
    <message>
        <source>读取今日</source>
        <translation>Reading today</translation>
    </message>
    <message>
        <source>一二三四五六日</source>
        <translation>一二三四五六日</translation>
    </message>
    <message>
        <source>{month} 月 {day} 日 星期{weekday}</source>
        <translation>{month}/{day}, 星期{weekday}</translation>
    </message>
    <message>
        <source>今日</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>{count} 位 · 每条都说明为什么</source>
        <translation>{count} · every line says why</translation>
    </message>
    <message>
        <source>没有到期的承诺、生日或回访。可以去客户页看看快流失的客户。</source>
        <translation>No promise, birthday or return call is due. Have a look at clients about to be lost.</translation>
    </message>
    <message>
        <source>今天没有需要联系的客户</source>
        <translation>Nobody needs a contact today</translation>
    </message>
    <message>
        <source>去客户页</source>
        <translation>Go to clients</translation>
    </message>
    <message>
        <source>目标 {target} · {percent}%</source>
        <translation>Target {target} · {percent}%</translation>
    </message>
    <message>
        <source>总部还没有下达目标</source>
        <translation>No target from head office yet</translation>
    </message>
    <message>
        <source>{orders} 单 · 其中分享带来 {shared} 单</source>
        <translation>{orders} orders · {shared} through shares</translation>
    </message>
    <message>
        <source>本月业绩</source>
        <translation>Sales this month</translation>
    </message>
    <message>
        <source>今日成交</source>
        <translation>Sales today</translation>
    </message>
    <message>
        <source>扫码 / 领券 / 核销</source>
        <translation>Scans / claims / redeemed</translation>
    </message>
    <message>
        <source>近 7 天</source>
        <translation>Last 7 days</translation>
    </message>
    <message>
        <source>复购率(90 天)</source>
        <translation>Repurchase rate (90 days)</translation>
    </message>
    <message>
        <source>本月新客</source>
        <translation>New clients this month</translation>
    </message>
    <message>
        <source>{count} 位</source>
        <translation>{count}</translation>
    </message>
    <message>
        <source>累计 {amount}</source>
        <translation>{amount} in all</translation>
    </message>
    <message>
        <source>上期没有可比数据</source>
        <translation>No earlier figure to compare</translation>
    </message>
    <message>
        <source>{arrow} {points} 个百分点</source>
        <translation>{arrow} {points} points</translation>
    </message>
    <message>
        <source>记一笔</source>
        <translation>Add note</translation>
    </message>
    <message>
        <source>和 {name} 聊了什么</source>
        <translation>What did you and {name} talk about</translation>
    </message>
    <message>
        <source>完成任务</source>
        <translation>Complete task</translation>
    </message>
    <message>
        <source>没有待办。在客户页可以记下答应过的事。</source>
        <translation>Nothing to do. On the client page you can note what you promised.</translation>
    </message>
    <message>
        <source>总部没有新消息。</source>
        <translation>No news from head office.</translation>
    </message>
</context>
</TS>
