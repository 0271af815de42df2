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
    <name>BirthdayDialog</name>
    <message>
        <source>生日</source>
        <translation>Birthday</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>公历</source>
        <translation>Solar</translation>
    </message>
    <message>
        <source>农历</source>
        <translation>Lunar</translation>
    </message>
    <message>
        <source>未知</source>
        <translation>Unknown</translation>
    </message>
    <message>
        <source>闰月</source>
        <translation>Leap month</translation>
    </message>
    <message>
        <source>历法</source>
        <translation>Calendar</translation>
    </message>
    <message>
        <source>年</source>
        <translation>Year</translation>
    </message>
    <message>
        <source>月</source>
        <translation>Month</translation>
    </message>
    <message>
        <source>日</source>
        <translation>Day</translation>
    </message>
</context>
<context>
    <name>ClientWords</name>
    <message>
        <source>今天</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>{years} 年前</source>
        <translation>{years} years ago</translation>
    </message>
    <message>
        <source>{days} 天前</source>
        <translation>{days} days ago</translation>
    </message>
    <message>
        <source>农历{day}</source>
        <translation>Lunar {day}</translation>
    </message>
    <message>
        <source>{month} 月</source>
        <translation>Month {month}</translation>
    </message>
    <message>
        <source>女</source>
        <translation>Female</translation>
    </message>
    <message>
        <source>男</source>
        <translation>Male</translation>
    </message>
    <message>
        <source>未征求联系意见</source>
        <translation>Not asked about contact</translation>
    </message>
    <message>
        <source>只接受一对一联系</source>
        <translation>One-to-one contact only</translation>
    </message>
    <message>
        <source>已同意接收优惠</source>
        <translation>Agreed to offers</translation>
    </message>
    <message>
        <source>已拒绝联系</source>
        <translation>Refused contact</translation>
    </message>
</context>
<context>
    <name>ClientsPage</name>
    <message>
        <source>姓名、拼音、首字母、手机号任意几位、标签、备注</source>
        <translation>Name, pinyin, initials, digits of the phone, tag, remark</translation>
    </message>
    <message>
        <source>查找客户</source>
        <translation>Find a client</translation>
    </message>
    <message>
        <source>+ 客户</source>
        <translation>+ Client</translation>
    </message>
    <message>
        <source>客户</source>
        <translation>Clients</translation>
    </message>
    <message>
        <source>从左边的列表选一位, 或按 Ctrl+K 查找。</source>
        <translation>Choose one from the list, or press Ctrl+K to search.</translation>
    </message>
    <message>
        <source>选一位客户</source>
        <translation>Choose a client</translation>
    </message>
    <message>
        <source>{count} 位</source>
        <translation>{count}</translation>
    </message>
    <message>
        <source>{count} 位 · {ms} 毫秒</source>
        <translation>{count} · {ms} ms</translation>
    </message>
    <message>
        <source>已添加 {name}</source>
        <translation>Added {name}</translation>
    </message>
    <message>
        <source>新增客户</source>
        <translation>New client</translation>
    </message>
    <message>
        <source>已修改客户资料</source>
        <translation>Client changed</translation>
    </message>
    <message>
        <source>修改客户</source>
        <translation>Edit client</translation>
    </message>
    <message>
        <source>已归档客户</source>
        <translation>Client archived</translation>
    </message>
    <message>
        <source>归档客户</source>
        <translation>Archive client</translation>
    </message>
    <message>
        <source>已打标签</source>
        <translation>Tag added</translation>
    </message>
    <message>
        <source>打标签</source>
        <translation>Add tag</translation>
    </message>
    <message>
        <source>已去掉标签</source>
        <translation>Tag removed</translation>
    </message>
    <message>
        <source>去标签</source>
        <translation>Remove tag</translation>
    </message>
    <message>
        <source>记一笔</source>
        <translation>Add note</translation>
    </message>
    <message>
        <source>记下承诺</source>
        <translation>Note a promise</translation>
    </message>
    <message>
        <source>兑现承诺</source>
        <translation>Keep promise</translation>
    </message>
    <message>
        <source>现在没有可发的券</source>
        <translation>No coupon can be sent just now</translation>
    </message>
    <message>
        <source>已发「{name}」</source>
        <translation>Sent “{name}”</translation>
    </message>
    <message>
        <source>发券</source>
        <translation>Send coupon</translation>
    </message>
</context>
<context>
    <name>CommandTable</name>
    <message>
        <source>命令</source>
        <translation>Command</translation>
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
    <name>ContactDialog</name>
    <message>
        <source>联系意愿</source>
        <translation>Contact wishes</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>还没问</source>
        <translation>Not asked yet</translation>
    </message>
    <message>
        <source>只接受一对一联系</source>
        <translation>One-to-one contact only</translation>
    </message>
    <message>
        <source>同意接收优惠 (本人已明确同意)</source>
        <translation>Agrees to offers (said so herself or himself)</translation>
    </message>
    <message>
        <source>拒绝一切联系 (只有客户本人能改回)</source>
        <translation>Refuses all contact (only the client can take this back)</translation>
    </message>
    <message>
        <source>客户说</source>
        <translation>The client says</translation>
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
        <source>导购台</source>
        <translation>Guide Desk</translation>
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
    <name>NewClientDialog</name>
    <message>
        <source>新增客户</source>
        <translation>New client</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>未知</source>
        <translation>Unknown</translation>
    </message>
    <message>
        <source>女</source>
        <translation>Female</translation>
    </message>
    <message>
        <source>男</source>
        <translation>Male</translation>
    </message>
    <message>
        <source>喜欢什么, 如 乐福鞋、宽楦</source>
        <translation>What she or he likes, e.g. loafers, wide fit</translation>
    </message>
    <message>
        <source>还没问</source>
        <translation>Not asked yet</translation>
    </message>
    <message>
        <source>只接受一对一联系</source>
        <translation>One-to-one contact only</translation>
    </message>
    <message>
        <source>同意接收优惠 (本人已明确同意)</source>
        <translation>Agrees to offers (said so herself or himself)</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>手机</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>微信</source>
        <translation>WeChat</translation>
    </message>
    <message>
        <source>性别</source>
        <translation>Sex</translation>
    </message>
    <message>
        <source>年龄段</source>
        <translation>Age group</translation>
    </message>
    <message>
        <source>偏好</source>
        <translation>Likes</translation>
    </message>
    <message>
        <source>联系意愿</source>
        <translation>Contact wishes</translation>
    </message>
</context>
<context>
    <name>OfferDialog</name>
    <message>
        <source>发券</source>
        <translation>Send coupon</translation>
    </message>
    <message>
        <source>发给客户</source>
        <translation>Send to client</translation>
    </message>
    <message>
        <source>券</source>
        <translation>Coupons</translation>
    </message>
</context>
<context>
    <name>Photo</name>
    <message>
        <source>打不开照片 {name}：{reason}。</source>
        <translation>Cannot open photo {name}: {reason}.</translation>
    </message>
    <message>
        <source>请重新选择。</source>
        <translation>Please choose again.</translation>
    </message>
    <message>
        <source>照片文件超过 {limit} MB。</source>
        <translation>The photo file is larger than {limit} MB.</translation>
    </message>
    <message>
        <source>请先缩小照片。</source>
        <translation>Please make the photo smaller first.</translation>
    </message>
    <message>
        <source>请换一张照片。</source>
        <translation>Please choose another photo.</translation>
    </message>
    <message>
        <source>照片不是 JPEG、PNG 或 WebP。</source>
        <translation>The photo is not JPEG, PNG or WebP.</translation>
    </message>
    <message>
        <source>照片 {width}×{height} 像素太大。</source>
        <translation>A photo of {width}×{height} pixels is too large.</translation>
    </message>
    <message>
        <source>请缩小到 {limit} 百万像素以内。</source>
        <translation>Please bring it below {limit} megapixels.</translation>
    </message>
    <message>
        <source>照片无法读取：{reason}。</source>
        <translation>The photo cannot be read: {reason}.</translation>
    </message>
    <message>
        <source>照片是全透明的。</source>
        <translation>The photo is fully transparent.</translation>
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
    <name>PortraitPane</name>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>显示完整号码 (会记录)</source>
        <translation>Show the whole number (recorded)</translation>
    </message>
    <message>
        <source>加入亲密名单</source>
        <translation>Add to the close list</translation>
    </message>
    <message>
        <source>+ 标签</source>
        <translation>+ Tag</translation>
    </message>
    <message>
        <source>添加标签</source>
        <translation>Add a tag</translation>
    </message>
    <message>
        <source>做海报发给客户</source>
        <translation>Make a poster for the client</translation>
    </message>
    <message>
        <source>发券</source>
        <translation>Send coupon</translation>
    </message>
    <message>
        <source>答应一件事</source>
        <translation>Make a promise</translation>
    </message>
    <message>
        <source>归档</source>
        <translation>Archive</translation>
    </message>
    <message>
        <source>微信</source>
        <translation>WeChat</translation>
    </message>
    <message>
        <source>鞋码</source>
        <translation>Shoe size</translation>
    </message>
    <message>
        <source>上装</source>
        <translation>Top size</translation>
    </message>
    <message>
        <source>偏好</source>
        <translation>Likes</translation>
    </message>
    <message>
        <source>生日</source>
        <translation>Birthday</translation>
    </message>
    <message>
        <source>专属导购</source>
        <translation>Dedicated guide</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>Remark</translation>
    </message>
    <message>
        <source>备注: 只有本店导购看得到</source>
        <translation>Remark: only guides of this store see it</translation>
    </message>
    <message>
        <source>记一笔: 聊了什么、试了什么, 回车保存</source>
        <translation>Add note: what you talked about, what was tried on; Enter saves</translation>
    </message>
    <message>
        <source>记一笔</source>
        <translation>Add note</translation>
    </message>
    <message>
        <source>时间线</source>
        <translation>Timeline</translation>
    </message>
    <message>
        <source>购买</source>
        <translation>Purchases</translation>
    </message>
    <message>
        <source>券</source>
        <translation>Coupons</translation>
    </message>
    <message>
        <source>没有手机号</source>
        <translation>No phone number</translation>
    </message>
    <message>
        <source>填写</source>
        <translation>Fill in</translation>
    </message>
    <message>
        <source>去掉标签 {name}</source>
        <translation>Remove tag {name}</translation>
    </message>
    <message>
        <source>{days} 天</source>
        <translation>{days} days</translation>
    </message>
    <message>
        <source>累计</source>
        <translation>In all</translation>
    </message>
    <message>
        <source>次数</source>
        <translation>Orders</translation>
    </message>
    <message>
        <source>间隔</source>
        <translation>Interval</translation>
    </message>
    <message>
        <source>最近</source>
        <translation>Last visit</translation>
    </message>
    <message>
        <source>答应过: {title}</source>
        <translation>Promised: {title}</translation>
    </message>
    <message>
        <source>兑现了</source>
        <translation>Kept it</translation>
    </message>
    <message>
        <source>还没有记录。记一笔或发一张海报, 就从这里开始。</source>
        <translation>Nothing yet. Add a note or send a poster to begin.</translation>
    </message>
    <message>
        <source>退货</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>还没有购买记录。</source>
        <translation>No purchases yet.</translation>
    </message>
    <message>
        <source>未用</source>
        <translation>Unused</translation>
    </message>
    <message>
        <source>已核销</source>
        <translation>Redeemed</translation>
    </message>
    <message>
        <source>已过期</source>
        <translation>Expired</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Voided</translation>
    </message>
    <message>
        <source>{date} 前有效</source>
        <translation>Valid until {date}</translation>
    </message>
    <message>
        <source>手里没有券。</source>
        <translation>No coupons in hand.</translation>
    </message>
</context>
<context>
    <name>Poster</name>
    <message>
        <source>没有版式「{name}」。</source>
        <translation>There is no layout “{name}”.</translation>
    </message>
    <message>
        <source>有：{names}。</source>
        <translation>There are: {names}.</translation>
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
    <name>PromiseDialog</name>
    <message>
        <source>答应一件事</source>
        <translation>Make a promise</translation>
    </message>
    <message>
        <source>记下</source>
        <translation>Note it</translation>
    </message>
    <message>
        <source>如 留 38 码黑色乐福鞋</source>
        <translation>e.g. keep the black loafers in 38</translation>
    </message>
    <message>
        <source>答应什么</source>
        <translation>What did you promise</translation>
    </message>
    <message>
        <source>什么时候</source>
        <translation>When</translation>
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
        <translation>Search, or type a command</translation>
    </message>
</context>
<context>
    <name>SegmentPane</name>
    <message>
        <source>全部客户</source>
        <translation>All clients</translation>
    </message>
    <message>
        <source>近期购买</source>
        <translation>Bought lately</translation>
    </message>
    <message>
        <source>高价值</source>
        <translation>High value</translation>
    </message>
    <message>
        <source>快流失</source>
        <translation>About to be lost</translation>
    </message>
    <message>
        <source>沉睡</source>
        <translation>Dormant</translation>
    </message>
    <message>
        <source>本周生日</source>
        <translation>Birthday this week</translation>
    </message>
    <message>
        <source>新客 30 天</source>
        <translation>New, 30 days</translation>
    </message>
    <message>
        <source>有未用券</source>
        <translation>Unused coupon</translation>
    </message>
    <message>
        <source>亲密名单</source>
        <translation>Close list</translation>
    </message>
    <message>
        <source>我的客户</source>
        <translation>My clients</translation>
    </message>
    <message>
        <source>标签 · {group}</source>
        <translation>Tags · {group}</translation>
    </message>
    <message>
        <source>我的</source>
        <translation>Mine</translation>
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
<context>
    <name>_Form</name>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
</context>
</TS>
