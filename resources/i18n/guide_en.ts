<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>AboutStrip</name>
    <message>
        <source>商品</source>
        <translation>Products</translation>
    </message>
    <message>
        <source>分享列表里的商品或搭配</source>
        <translation>Share a product of the list, or a look</translation>
    </message>
    <message>
        <source>优惠券</source>
        <translation>Coupon</translation>
    </message>
    <message>
        <source>单独分享一张券: 右边选哪一张</source>
        <translation>Share a coupon alone: choose it at the right</translation>
    </message>
    <message>
        <source>名片与群</source>
        <translation>My card</translation>
    </message>
    <message>
        <source>分享我的名片或社群邀请</source>
        <translation>Share my name card or the invitation to the group</translation>
    </message>
    <message>
        <source>活动</source>
        <translation>Campaigns</translation>
    </message>
    <message>
        <source>分享总部正在进行的活动, 带上我的归因</source>
        <translation>Share a running campaign of head office under my name</translation>
    </message>
    <message>
        <source>选活动</source>
        <translation>Choose a campaign</translation>
    </message>
</context>
<context>
    <name>Age</name>
    <message>
        <source>刚刚</source>
        <translation>just now</translation>
    </message>
    <message>
        <source>{count} 分钟前</source>
        <translation>{count} min ago</translation>
    </message>
    <message>
        <source>{count} 小时前</source>
        <translation>{count} h ago</translation>
    </message>
    <message>
        <source>{count} 天前</source>
        <translation>{count} d ago</translation>
    </message>
</context>
<context>
    <name>AnswerGrid</name>
    <message>
        <source>仅自己</source>
        <translation>only me</translation>
    </message>
    <message>
        <source>是</source>
        <translation>Yes</translation>
    </message>
    <message>
        <source>否</source>
        <translation>No</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>导购台</source>
        <translation>Guide Desk</translation>
    </message>
</context>
<context>
    <name>BatchDialog</name>
    <message>
        <source>批量海报</source>
        <translation>Batch posters</translation>
    </message>
    <message>
        <source>其他打印机</source>
        <translation>Other printers</translation>
    </message>
    <message>
        <source>用哪台打印机打</source>
        <translation>Which printer prints it</translation>
    </message>
    <message>
        <source>向右</source>
        <translation>right</translation>
    </message>
    <message>
        <source>向下</source>
        <translation>down</translation>
    </message>
    <message>
        <source>全选</source>
        <translation>Select all</translation>
    </message>
    <message>
        <source>进度</source>
        <translation>Progress</translation>
    </message>
    <message>
        <source>选文件夹并开始…</source>
        <translation>Choose a folder and start…</translation>
    </message>
    <message>
        <source>停止</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>海报放到哪个文件夹</source>
        <translation>Folder for the posters</translation>
    </message>
    <message>
        <source>{done} / {total} 张</source>
        <translation>{done} of {total}</translation>
    </message>
    <message>
        <source>做好 {count} 张, 每张都自检可扫</source>
        <translation>{count} made, each checked to scan</translation>
    </message>
    <message>
        <source>已停止 · </source>
        <translation>Stopped · </translation>
    </message>
    <message>
        <source> · {count} 件没有做:</source>
        <translation> · {count} left out:</translation>
    </message>
    <message>
        <source> 毫米</source>
        <translation> mm</translation>
    </message>
    <message>
        <source>打印偏移 {side}</source>
        <translation>Print offset {side}</translation>
    </message>
    <message>
        <source>不带券</source>
        <translation>No coupon</translation>
    </message>
    <message>
        <source>列表里的 {count} 件商品 · {template} · {coupon}</source>
        <translation>Products listed: {count} · {template} · {coupon}</translation>
    </message>
    <message>
        <source>每件商品一个自己的链接; 扫不出的不做, 并说明原因。</source>
        <translation>Each product gets its own link; what would not scan is left out, with the reason.</translation>
    </message>
    <message>
        <source>打印偏移 (按校准页): 向右</source>
        <translation>Offset by test page: right</translation>
    </message>
    <message>
        <source>没有做的商品和原因</source>
        <translation>Products left out and why</translation>
    </message>
    <message>
        <source>给哪些导购: 每人一个文件夹, 链接归各自名下</source>
        <translation>For which guides: a folder each, under her own links</translation>
    </message>
    <message>
        <source>给哪些导购</source>
        <translation>For which guides</translation>
    </message>
    <message>
        <source>拼版 A4, 带裁切线</source>
        <translation>A4 sheets with cut marks</translation>
    </message>
</context>
<context>
    <name>BillCard</name>
    <message>
        <source>如 682.80</source>
        <translation>e.g. 682.80</translation>
    </message>
    <message>
        <source>没有就空着</source>
        <translation>Leave empty if none</translation>
    </message>
    <message>
        <source>可不填, 但退货和业绩就对不上</source>
        <translation>Optional, but needed to match a refund</translation>
    </message>
    <message>
        <source>应收金额 (元)</source>
        <translation>Amount due (yuan)</translation>
    </message>
    <message>
        <source>运费 (元)</source>
        <translation>Freight (¥)</translation>
    </message>
    <message>
        <source>小票号</source>
        <translation>Receipt no.</translation>
    </message>
    <message>
        <source>合计 {total} - {off}</source>
        <translation>Total {total} - {off}</translation>
    </message>
    <message>
        <source>合计 {total}</source>
        <translation>Total {total}</translation>
    </message>
    <message>
        <source>应付 {amount}</source>
        <translation>To pay {amount}</translation>
    </message>
    <message>
        <source>请输入金额, 如 429 或 429.50</source>
        <translation>Enter an amount such as 429 or 429.50</translation>
    </message>
    <message>
        <source>没有小票号的核销, 以后退货对不上它, 券不会退回; 业绩也不按券算。</source>
        <translation>A redemption without a receipt number is never joined to its refund: the coupon does not come back, nor does it decide whose sale it is.</translation>
    </message>
</context>
<context>
    <name>Bills</name>
    <message>
        <source>核销</source>
        <translation>Redeem</translation>
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
    <message>
        <source>接下来三年:</source>
        <translation>The next three years:</translation>
    </message>
</context>
<context>
    <name>BriefDeed</name>
    <message>
        <source>30 秒速览 · {name}</source>
        <translation>30-second brief · {name}</translation>
    </message>
    <message>
        <source>30 秒速览</source>
        <translation>30-second brief</translation>
    </message>
</context>
<context>
    <name>BriefPaper</name>
    <message>
        <source>{at} 打印, 用完请销毁</source>
        <translation>Printed {at}; please destroy after use</translation>
    </message>
    <message>
        <source>这次做一件事</source>
        <translation>One thing to do</translation>
    </message>
    <message>
        <source>答应过</source>
        <translation>Promised</translation>
    </message>
    <message>
        <source>没用的券</source>
        <translation>Open coupons</translation>
    </message>
    <message>
        <source>买过</source>
        <translation>Bought</translation>
    </message>
    <message>
        <source>尺码与偏好</source>
        <translation>Sizes and likes</translation>
    </message>
    <message>
        <source>日子</source>
        <translation>Dates</translation>
    </message>
    <message>
        <source>最近联系</source>
        <translation>Last contacts</translation>
    </message>
    <message>
        <source>有投诉未结</source>
        <translation>Open complaint</translation>
    </message>
    <message>
        <source>已停止服务</source>
        <translation>Service stopped</translation>
    </message>
    <message>
        <source>没有急事: 问问上次买的合不合适</source>
        <translation>Nothing urgent: ask how her last purchase fits</translation>
    </message>
    <message>
        <source>累计 {total} · {orders} 次 · 最近 {last}</source>
        <translation>{total} in all · {orders}× · last {last}</translation>
    </message>
    <message>
        <source>鞋码</source>
        <translation>Shoes</translation>
    </message>
    <message>
        <source>上装</source>
        <translation>Top</translation>
    </message>
    <message>
        <source>下装</source>
        <translation>Trousers</translation>
    </message>
    <message>
        <source>戒指</source>
        <translation>Ring</translation>
    </message>
    <message>
        <source>生日 {day}</source>
        <translation>Birthday {day}</translation>
    </message>
    <message>
        <source>到 {day}</source>
        <translation>until {day}</translation>
    </message>
</context>
<context>
    <name>BringDialog</name>
    <message>
        <source>{name}-未导入.csv</source>
        <translation>{name}-not-imported.csv</translation>
    </message>
    <message>
        <source>不能导入的行</source>
        <translation>Rows that cannot be imported</translation>
    </message>
    <message>
        <source>导入进度</source>
        <translation>Import progress</translation>
    </message>
    <message>
        <source>试运行</source>
        <translation>Trial run</translation>
    </message>
    <message>
        <source>导入</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>没导入的行写到</source>
        <translation>Write refused rows to</translation>
    </message>
    <message>
        <source>选择…</source>
        <translation>Choose…</translation>
    </message>
    <message>
        <source>导入改好的文件</source>
        <translation>Import the corrected file</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>正在取消…</source>
        <translation>Cancelling…</translation>
    </message>
    <message>
        <source>文件里的列</source>
        <translation>Column in the file</translation>
    </message>
    <message>
        <source>前几行</source>
        <translation>First rows</translation>
    </message>
    <message>
        <source>导入为</source>
        <translation>Import as</translation>
    </message>
    <message>
        <source>不导入</source>
        <translation>Leave out</translation>
    </message>
    <message>
        <source>先试运行, 看看每一行会怎样; 试运行不写入任何资料。</source>
        <translation>Make a trial run first to see what becomes of each row; it writes nothing.</translation>
    </message>
    <message>
        <source>已取消, 没有写入任何资料。</source>
        <translation>Cancelled; nothing was written.</translation>
    </message>
    <message>
        <source>已导入</source>
        <translation>Imported</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>没导入的行在 {file}, 改好后可再导入。</source>
        <translation>Rows not imported are in {file}; correct them and import them again.</translation>
    </message>
    <message>
        <source>{rows} 行: 新增 {added} · 已有客户补充资料 {merged} · 与已有客户相同 {same} · 不能导入 {refused}</source>
        <translation>Rows: {rows} – {added} new · {merged} add to known clients · {same} same as known clients · {refused} cannot be imported</translation>
    </message>
    <message>
        <source>{rows} 行: 新增 {added} · 已有 {same} · 不能导入 {refused} · 记为未核实</source>
        <translation>Rows: {rows} – {added} new · {same} already there · {refused} cannot be imported · marked as unverified</translation>
    </message>
    <message>
        <source>有 {count} 处须先取得同意, 没有导入; 这些行的其余内容照常导入。</source>
        <translation>Left out because a consent comes first: {count}. The rest of those rows is imported.</translation>
    </message>
    <message>
        <source>第 {row} 行 {column}: {why}</source>
        <translation>Row {row} {column}: {why}</translation>
    </message>
    <message>
        <source>第 {row} 行: {why}</source>
        <translation>Row {row}: {why}</translation>
    </message>
    <message>
        <source>第 {row} 行与第 {first} 行是同一位客户 ({name}), 以第 {first} 行为准 · {what}</source>
        <translation>Row {row} is the client of row {first} ({name}); row {first} stands · {what}</translation>
    </message>
</context>
<context>
    <name>BringFile</name>
    <message>
        <source>导入</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>客户或小票 (*.csv *.tsv *.txt *.gz *.xlsx *.xls *.ods *.vcf *.json)</source>
        <translation>Clients or receipts (*.csv *.tsv *.txt *.gz *.xlsx *.xls *.ods *.vcf *.json)</translation>
    </message>
</context>
<context>
    <name>CalendarDialog</name>
    <message>
        <source>导出日历</source>
        <translation>Export calendar</translation>
    </message>
    <message>
        <source>如 手机日历提醒生日</source>
        <translation>e.g. birthday reminders on my phone</translation>
    </message>
    <message>
        <source>写全名 (不勾选则只留姓)</source>
        <translation>Full names (otherwise only the family name)</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>只有自己的客户: 生日、日子、答应过的事和任务, 没有电话。会记入日志; 超过上限时要店长批准。</source>
        <translation>Your own clients only: birthdays, dates, promises and tasks, no telephone numbers. It is logged; above the limit a manager must approve.</translation>
    </message>
    <message>
        <source>批准店长工号</source>
        <translation>Approving manager&apos;s staff number</translation>
    </message>
    <message>
        <source>店长 PIN</source>
        <translation>Manager&apos;s PIN</translation>
    </message>
    <message>
        <source>选择文件…</source>
        <translation>Choose file…</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>已写到 {file}: {count} 个日程。用完请删除</source>
        <translation>Written to {file}, entries: {count}. Delete it after use</translation>
    </message>
</context>
<context>
    <name>CallList</name>
    <message>
        <source>今天联系谁</source>
        <translation>Whom to contact today</translation>
    </message>
    <message>
        <source>{count} 位</source>
        <translation>Clients: {count}</translation>
    </message>
    <message>
        <source>今天没有需要联系的客户。</source>
        <translation>Nobody needs to be contacted today.</translation>
    </message>
    <message>
        <source>号码在电脑上看全 (会记录)。回来后照勾选在「今日」登记, 本页用完请销毁。</source>
        <translation>Full numbers are on the PC (looking is logged). Enter the ticked results under Today; destroy this sheet after use.</translation>
    </message>
</context>
<context>
    <name>CardActions</name>
    <message>
        <source>已修改档案</source>
        <translation>File changed</translation>
    </message>
    <message>
        <source>修改档案</source>
        <translation>Change file</translation>
    </message>
    <message>
        <source>记日子</source>
        <translation>Write down a date</translation>
    </message>
    <message>
        <source>不再记这个日子</source>
        <translation>Keep the date no longer</translation>
    </message>
    <message>
        <source>已去掉日子</source>
        <translation>Date removed</translation>
    </message>
    <message>
        <source>记关系</source>
        <translation>Write down a relation</translation>
    </message>
    <message>
        <source>解除关系</source>
        <translation>End the relation</translation>
    </message>
    <message>
        <source>已解除关系</source>
        <translation>Relation ended</translation>
    </message>
    <message>
        <source>给别人买的</source>
        <translation>Bought for somebody else</translation>
    </message>
    <message>
        <source>已记下是给别人买的</source>
        <translation>Marked as bought for somebody else</translation>
    </message>
    <message>
        <source>是她自己的</source>
        <translation>Her own</translation>
    </message>
    <message>
        <source>记心愿</source>
        <translation>Write down a wish</translation>
    </message>
    <message>
        <source>已记下尺码</source>
        <translation>Size noted</translation>
    </message>
    <message>
        <source>记尺码</source>
        <translation>Note a size</translation>
    </message>
    <message>
        <source>心愿实现了</source>
        <translation>Wish fulfilled</translation>
    </message>
    <message>
        <source>不想要了</source>
        <translation>No longer wanted</translation>
    </message>
    <message>
        <source>记售后</source>
        <translation>Write down a service</translation>
    </message>
    <message>
        <source>售后办好了</source>
        <translation>Service done</translation>
    </message>
    <message>
        <source>改跟进状态</source>
        <translation>Change the follow-up state</translation>
    </message>
    <message>
        <source>已改跟进状态</source>
        <translation>Follow-up state changed</translation>
    </message>
    <message>
        <source>已改标记</source>
        <translation>Flag changed</translation>
    </message>
    <message>
        <source>改标记</source>
        <translation>Change the flag</translation>
    </message>
</context>
<context>
    <name>CardWords</name>
    <message>
        <source>孩子生日</source>
        <translation>Child&apos;s birthday</translation>
    </message>
    <message>
        <source>纪念日</source>
        <translation>Anniversary</translation>
    </message>
    <message>
        <source>另一历法的生日</source>
        <translation>Birthday in the other calendar</translation>
    </message>
    <message>
        <source>其他日子</source>
        <translation>Other date</translation>
    </message>
    <message>
        <source>配偶</source>
        <translation>Spouse</translation>
    </message>
    <message>
        <source>孩子</source>
        <translation>Child</translation>
    </message>
    <message>
        <source>父母</source>
        <translation>Parent</translation>
    </message>
    <message>
        <source>家人</source>
        <translation>Family</translation>
    </message>
    <message>
        <source>朋友</source>
        <translation>Friend</translation>
    </message>
    <message>
        <source>介绍人</source>
        <translation>Brought her</translation>
    </message>
    <message>
        <source>她介绍来的</source>
        <translation>Brought by her</translation>
    </message>
    <message>
        <source>维修</source>
        <translation>Repair</translation>
    </message>
    <message>
        <source>换货</source>
        <translation>Exchange</translation>
    </message>
    <message>
        <source>修改</source>
        <translation>Alteration</translation>
    </message>
    <message>
        <source>投诉</source>
        <translation>Complaint</translation>
    </message>
    <message>
        <source>保修</source>
        <translation>Warranty</translation>
    </message>
    <message>
        <source>未跟进</source>
        <translation>Not followed</translation>
    </message>
    <message>
        <source>待跟进</source>
        <translation>To follow</translation>
    </message>
    <message>
        <source>跟进中</source>
        <translation>Following</translation>
    </message>
    <message>
        <source>已赢单</source>
        <translation>Won</translation>
    </message>
    <message>
        <source>已输单</source>
        <translation>Lost</translation>
    </message>
    <message>
        <source>已流失</source>
        <translation>Gone</translation>
    </message>
    <message>
        <source>鞋</source>
        <translation>shoes</translation>
    </message>
    <message>
        <source>上装</source>
        <translation>Top</translation>
    </message>
    <message>
        <source>下装</source>
        <translation>Trousers</translation>
    </message>
    <message>
        <source>戒指</source>
        <translation>Ring</translation>
    </message>
    <message>
        <source>{kind} {size} ({pieces}/{of} 件, 最近 {day})</source>
        <translation>{kind} {size} ({pieces} of {of}, last {day})</translation>
    </message>
    <message>
        <source>{age} 岁</source>
        <translation>{age} year[s]</translation>
    </message>
    <message>
        <source>下次生日 {day}</source>
        <translation>next birthday {day}</translation>
    </message>
    <message>
        <source>农历{day}</source>
        <translation>lunar {day}</translation>
    </message>
    <message>
        <source>公历 {day}</source>
        <translation>solar {day}</translation>
    </message>
    <message>
        <source>公历 {month} 月 {day} 日</source>
        <translation>solar {month}/{day}</translation>
    </message>
    <message>
        <source>{month} 月</source>
        <translation>month {month}</translation>
    </message>
    <message>
        <source>鞋 {size}</source>
        <translation>shoes {size}</translation>
    </message>
    <message>
        <source>上装 {size}</source>
        <translation>top {size}</translation>
    </message>
    <message>
        <source>本店可售 {count}</source>
        <translation>{count} in this store</translation>
    </message>
    <message>
        <source>到货告诉她</source>
        <translation>Tell her when it is in</translation>
    </message>
    <message>
        <source>约好 {day}</source>
        <translation>due {day}</translation>
    </message>
    <message>
        <source>保到 {day}</source>
        <translation>until {day}</translation>
    </message>
    <message>
        <source>已完成</source>
        <translation>done</translation>
    </message>
    <message>
        <source>{category} {pieces} 件 {amount}</source>
        <translation>{category} {pieces} pcs {amount}</translation>
    </message>
    <message>
        <source>看她自己 {gaps} 次间隔</source>
        <translation>by her own gaps: {gaps}</translation>
    </message>
    <message>
        <source>看本店 {gaps} 次间隔</source>
        <translation>by gaps in this store: {gaps}</translation>
    </message>
    <message>
        <source>看商品一般能用多久</source>
        <translation>from how long it usually lasts</translation>
    </message>
    <message>
        <source>{category} 一般每 {days} 天买一次, 下次约 {start} 到 {end} ({basis})</source>
        <translation>{category} usually every {days} d, next about {start} to {end} ({basis})</translation>
    </message>
    <message>
        <source>下次农历生日 {day}</source>
        <translation>next lunar birthday {day}</translation>
    </message>
</context>
<context>
    <name>ClientBrief</name>
    <message>
        <source>说过</source>
        <translation>Stated</translation>
    </message>
    <message>
        <source>常买</source>
        <translation>Usual</translation>
    </message>
    <message>
        <source>生日</source>
        <translation>Birthday</translation>
    </message>
    <message>
        <source>日子</source>
        <translation>Dates</translation>
    </message>
    <message>
        <source>未用券</source>
        <translation>Coupons</translation>
    </message>
    <message>
        <source>购买</source>
        <translation>Bought</translation>
    </message>
    <message>
        <source>偏爱</source>
        <translation>Prefers</translation>
    </message>
    <message>
        <source>联系</source>
        <translation>Contact</translation>
    </message>
    <message>
        <source>{size} ({day} 说的)</source>
        <translation>{size} (said {day})</translation>
    </message>
    <message>
        <source>还没有买过</source>
        <translation>Nothing bought yet</translation>
    </message>
    <message>
        <source>{n} 次</source>
        <translation>{n} time[s]</translation>
    </message>
    <message>
        <source>每 {days} 天一次</source>
        <translation>every {days} day[s]</translation>
    </message>
    <message>
        <source>最近 {ago}</source>
        <translation>last {ago}</translation>
    </message>
    <message>
        <source>{name} 到 {day}</source>
        <translation>{name} until {day}</translation>
    </message>
    <message>
        <source>还有 {n} 张</source>
        <translation>{n} more</translation>
    </message>
    <message>
        <source>上次 {ago}</source>
        <translation>last {ago}</translation>
    </message>
    <message>
        <source>{day} 起可以再联系</source>
        <translation>may be contacted again from {day}</translation>
    </message>
    <message>
        <source>{days} 天内全公司已联系 {used} 次, 上限 {most} 次</source>
        <translation>contacted {used}× in {days} d by the whole company, at most {most}</translation>
    </message>
</context>
<context>
    <name>ClientChooser</name>
    <message>
        <source>姓名、拼音、手机号任意几位</source>
        <translation>Name, pinyin, or any digits of the phone number</translation>
    </message>
</context>
<context>
    <name>ClientMatch</name>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>拼音</source>
        <translation>Pinyin</translation>
    </message>
    <message>
        <source>手机号含</source>
        <translation>Phone has</translation>
    </message>
    <message>
        <source>会员号含</source>
        <translation>Member no. has</translation>
    </message>
    <message>
        <source>微信含</source>
        <translation>WeChat has</translation>
    </message>
    <message>
        <source>标签</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>记录</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>Remark</translation>
    </message>
    <message>
        <source>偏好</source>
        <translation>Preference</translation>
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
        <translation>{years} year[s] ago</translation>
    </message>
    <message>
        <source>{days} 天前</source>
        <translation>{days} day[s] ago</translation>
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
        <source>导入</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Export</translation>
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
        <source>这位客户已不在本机: 被抹除, 或转到了别店</source>
        <translation>This client is no longer on this PC: erased, or moved to another store</translation>
    </message>
</context>
<context>
    <name>ClosetView</name>
    <message>
        <source>找她的衣橱: 款式、颜色、尺码、货号</source>
        <translation>Search the closet: style, colour, size, code</translation>
    </message>
    <message>
        <source>找她的衣橱</source>
        <translation>Search the closet</translation>
    </message>
    <message>
        <source>还有 {n} 件, 输入几个字就能找到。</source>
        <translation>{n} more; type a few letters to find them.</translation>
    </message>
    <message>
        <source>衣橱里没有这样的一件。</source>
        <translation>No such piece in the closet.</translation>
    </message>
</context>
<context>
    <name>CodeChoice</name>
    <message>
        <source>二维码内容</source>
        <translation>What the code says</translation>
    </message>
    <message>
        <source>短链接</source>
        <translation>Short link</translation>
    </message>
    <message>
        <source>GS1 码: 手机扫开页面, 收银扫出条码; 货签上的条码也换成这个规格</source>
        <translation>GS1 code: a phone opens the page, the till reads the bar code; the bar code on labels becomes this variant&apos;s, too</translation>
    </message>
    <message>
        <source>这件商品没有条码, 只能用短链接</source>
        <translation>This product has no bar code: short link only</translation>
    </message>
    <message>
        <source>GS1 码 · {variant}</source>
        <translation>GS1 code · {variant}</translation>
    </message>
</context>
<context>
    <name>ColleagueDialog</name>
    <message>
        <source>转给同事</source>
        <translation>Hand to a colleague</translation>
    </message>
    <message>
        <source>转给她</source>
        <translation>Hand over</translation>
    </message>
    <message>
        <source>同事</source>
        <translation>Colleague</translation>
    </message>
    <message>
        <source>客户</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>转给</source>
        <translation>To</translation>
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
    <name>ConditionGroup</name>
    <message>
        <source>怎样合起来</source>
        <translation>How they are joined</translation>
    </message>
    <message>
        <source>满足全部</source>
        <translation>all hold</translation>
    </message>
    <message>
        <source>满足任一</source>
        <translation>any holds</translation>
    </message>
    <message>
        <source>不同时满足</source>
        <translation>not all hold</translation>
    </message>
    <message>
        <source>一条都不满足</source>
        <translation>none holds</translation>
    </message>
    <message>
        <source>+ 条件</source>
        <translation>+ Condition</translation>
    </message>
    <message>
        <source>+ 一组</source>
        <translation>+ Group</translation>
    </message>
    <message>
        <source>去掉这一组</source>
        <translation>Take this group away</translation>
    </message>
</context>
<context>
    <name>ConditionRow</name>
    <message>
        <source>不</source>
        <translation>not</translation>
    </message>
    <message>
        <source>不满足这一条</source>
        <translation>this does not hold</translation>
    </message>
    <message>
        <source>条件</source>
        <translation>Condition</translation>
    </message>
    <message>
        <source>去掉这一条</source>
        <translation>Take this condition away</translation>
    </message>
    <message>
        <source>另写的条件</source>
        <translation>Condition written elsewhere</translation>
    </message>
</context>
<context>
    <name>Conditions</name>
    <message>
        <source>标签</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>买过</source>
        <translation>Bought</translation>
    </message>
    <message>
        <source>距上次购买 (天)</source>
        <translation>Purchase, days</translation>
    </message>
    <message>
        <source>购买次数</source>
        <translation>Purchases</translation>
    </message>
    <message>
        <source>累计消费 (元)</source>
        <translation>Total spent (yuan)</translation>
    </message>
    <message>
        <source>每单平均 (元)</source>
        <translation>Average receipt (yuan)</translation>
    </message>
    <message>
        <source>已过惯常间隔 (%)</source>
        <translation>Usual interval passed (%)</translation>
    </message>
    <message>
        <source>可能已离开 (%)</source>
        <translation>Likely to have left (%)</translation>
    </message>
    <message>
        <source>距上次联系 (天)</source>
        <translation>Contact, days</translation>
    </message>
    <message>
        <source>建档天数</source>
        <translation>Days in the book</translation>
    </message>
    <message>
        <source>生日月份</source>
        <translation>Birthday month</translation>
    </message>
    <message>
        <source>同意</source>
        <translation>Consents</translation>
    </message>
    <message>
        <source>性别</source>
        <translation>Sex</translation>
    </message>
    <message>
        <source>年龄段</source>
        <translation>Age band</translation>
    </message>
    <message>
        <source>会员等级</source>
        <translation>Level</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>鞋码</source>
        <translation>Shoe size</translation>
    </message>
    <message>
        <source>上装尺码</source>
        <translation>Top size</translation>
    </message>
    <message>
        <source>裤装尺码</source>
        <translation>Trouser size</translation>
    </message>
    <message>
        <source>在亲密名单</source>
        <translation>Starred</translation>
    </message>
    <message>
        <source>有手机号</source>
        <translation>Has a phone</translation>
    </message>
    <message>
        <source>有微信</source>
        <translation>Has WeChat</translation>
    </message>
    <message>
        <source>有生日</source>
        <translation>Has a birthday</translation>
    </message>
    <message>
        <source>通过电话</source>
        <translation>Was called</translation>
    </message>
    <message>
        <source>发过消息</source>
        <translation>Was messaged</translation>
    </message>
    <message>
        <source>到过店</source>
        <translation>Visited</translation>
    </message>
    <message>
        <source>回复过</source>
        <translation>Replied</translation>
    </message>
    <message>
        <source>分享给她</source>
        <translation>Was sent a share</translation>
    </message>
    <message>
        <source>扫过码</source>
        <translation>Scanned</translation>
    </message>
    <message>
        <source>领过券</source>
        <translation>Claimed a coupon</translation>
    </message>
    <message>
        <source>核销过券</source>
        <translation>Redeemed a coupon</translation>
    </message>
    <message>
        <source>有未用券</source>
        <translation>Holds a coupon</translation>
    </message>
    <message>
        <source>有心愿</source>
        <translation>Has an open wish</translation>
    </message>
    <message>
        <source>最近几天</source>
        <translation>in the last days</translation>
    </message>
    <message>
        <source>至少几次</source>
        <translation>at least times</translation>
    </message>
    <message>
        <source>至少</source>
        <translation>at least</translation>
    </message>
    <message>
        <source>至多</source>
        <translation>at most</translation>
    </message>
    <message>
        <source>品类, 如 女鞋/靴子</source>
        <translation>category, e.g. 女鞋/靴子</translation>
    </message>
    <message>
        <source>商品, 名称或货号</source>
        <translation>product, name or number</translation>
    </message>
    <message>
        <source>尺码</source>
        <translation>size</translation>
    </message>
    <message>
        <source>颜色</source>
        <translation>colour</translation>
    </message>
    <message>
        <source>值, 几个用逗号隔开</source>
        <translation>values, with commas between</translation>
    </message>
    <message>
        <source>标签名</source>
        <translation>tag</translation>
    </message>
    <message>
        <source>用途</source>
        <translation>purpose</translation>
    </message>
    <message>
        <source>接收优惠</source>
        <translation>offers</translation>
    </message>
    <message>
        <source>服务联系</source>
        <translation>service</translation>
    </message>
    <message>
        <source>用于画像</source>
        <translation>profiling</translation>
    </message>
    <message>
        <source>女</source>
        <translation>female</translation>
    </message>
    <message>
        <source>男</source>
        <translation>male</translation>
    </message>
    <message>
        <source>「至多」比「至少」小。</source>
        <translation>“At most” is less than “at least”.</translation>
    </message>
    <message>
        <source>没有商品「{text}」。</source>
        <translation>There is no product “{text}”.</translation>
    </message>
    <message>
        <source>输入名称或货号的一部分, 再从列表里选一个。</source>
        <translation>Type a part of its name or number, then choose one from the list.</translation>
    </message>
    <message>
        <source>「{asked}」要填整数。</source>
        <translation>“{asked}” takes a whole number.</translation>
    </message>
    <message>
        <source>改好就重新计数。</source>
        <translation>Once it is mended, the count follows.</translation>
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
    <name>Conflict</name>
    <message>
        <source>两个柜台当时都不可能互相知道</source>
        <translation>neither counter could know of the other</translation>
    </message>
    <message>
        <source>本机那时已收到它用过或作废的消息</source>
        <translation>this PC had been told it was used or recalled</translation>
    </message>
    <message>
        <source>两次核销都在本店</source>
        <translation>both redemptions were in this store</translation>
    </message>
    <message>
        <source>同一序号的券发给了两位客户</source>
        <translation>one serial number was handed to two customers</translation>
    </message>
    <message>
        <source>超出了离线核销的额度</source>
        <translation>beyond the counter&apos;s offline limit</translation>
    </message>
    <message>
        <source>券已召回, 本机当时不可能知道</source>
        <translation>the coupon had been recalled, and this PC could not know</translation>
    </message>
    <message>
        <source>券已召回, 本机那时已收到作废名单</source>
        <translation>the coupon had been recalled, and this PC had the list by then</translation>
    </message>
    <message>
        <source>券不在发券门店的额度之内</source>
        <translation>it was not within the issuing store&apos;s allotment</translation>
    </message>
    <message>
        <source>这批券的规则改了, 本机当时不可能知道</source>
        <translation>its terms had been changed, and this PC could not know</translation>
    </message>
    <message>
        <source>规则改了, 且超出了离线核销的额度</source>
        <translation>its terms had been changed, and it was beyond the offline limit</translation>
    </message>
    <message>
        <source>规则不允许这样用, 本机那时已知道规则</source>
        <translation>its terms did not allow it, and this PC knew them by then</translation>
    </message>
    <message>
        <source>总部的账上不是这位客户的券</source>
        <translation>by head office&apos;s books it was another customer&apos;s coupon</translation>
    </message>
    <message>
        <source>优惠由品牌承担</source>
        <translation>the brand bears it</translation>
    </message>
    <message>
        <source>优惠由本店承担</source>
        <translation>this store bears it</translation>
    </message>
    <message>
        <source>优惠由发券的门店承担</source>
        <translation>the issuing store bears it</translation>
    </message>
</context>
<context>
    <name>ConsentDialog</name>
    <message>
        <source>联系意愿与同意</source>
        <translation>Contact and consents</translation>
    </message>
    <message>
        <source>登记</source>
        <translation>Take down</translation>
    </message>
    <message>
        <source>同意</source>
        <translation>Agrees</translation>
    </message>
    <message>
        <source>不同意, 或撤回</source>
        <translation>Does not agree, or withdraws</translation>
    </message>
    <message>
        <source>给她看的告知书版本, 如 2026-1</source>
        <translation>Version of the notice she was shown, e.g. 2026-1</translation>
    </message>
    <message>
        <source>告知书编号, 或她说了什么</source>
        <translation>Number of the form, or what she said</translation>
    </message>
    <message>
        <source>用途</source>
        <translation>Purpose</translation>
    </message>
    <message>
        <source>渠道</source>
        <translation>Channel</translation>
    </message>
    <message>
        <source>客户说</source>
        <translation>The client says</translation>
    </message>
    <message>
        <source>方式</source>
        <translation>How</translation>
    </message>
    <message>
        <source>告知书版本</source>
        <translation>Notice version</translation>
    </message>
    <message>
        <source>凭据</source>
        <translation>Proof</translation>
    </message>
    <message>
        <source>没有登记过同意。</source>
        <translation>Nothing has been taken down yet.</translation>
    </message>
    <message>
        <source>现在</source>
        <translation>Now</translation>
    </message>
    <message>
        <source>自</source>
        <translation>Since</translation>
    </message>
    <message>
        <source>她已拒绝或撤回: 只有客户本人能在页面上重新同意。</source>
        <translation>She has refused or withdrawn: only the client herself can agree again, on her page.</translation>
    </message>
    <message>
        <source>同意要写明告知书版本和凭据 (个人信息保护法第 14 条)。</source>
        <translation>A consent needs the version of the notice and its proof (PIPL, article 14).</translation>
    </message>
    <message>
        <source>撤回不需要理由。之后只有客户本人能重新同意, 导购不能改回。</source>
        <translation>A withdrawal needs no reason. After it only the client herself can agree again; a guide cannot.</translation>
    </message>
</context>
<context>
    <name>ConsentWords</name>
    <message>
        <source>一对一联系</source>
        <translation>One-to-one contact</translation>
    </message>
    <message>
        <source>接收优惠</source>
        <translation>Receiving offers</translation>
    </message>
    <message>
        <source>按习惯推荐 (画像)</source>
        <translation>Suggestions from habits (profiling)</translation>
    </message>
    <message>
        <source>敏感信息</source>
        <translation>Sensitive data</translation>
    </message>
    <message>
        <source>孩子的信息</source>
        <translation>Data of children</translation>
    </message>
    <message>
        <source>提供给他人</source>
        <translation>Sharing with others</translation>
    </message>
    <message>
        <source>全部渠道</source>
        <translation>All channels</translation>
    </message>
    <message>
        <source>微信</source>
        <translation>WeChat</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>短信</source>
        <translation>Text message</translation>
    </message>
    <message>
        <source>到店</source>
        <translation>In the store</translation>
    </message>
    <message>
        <source>同意</source>
        <translation>Agrees</translation>
    </message>
    <message>
        <source>已撤回</source>
        <translation>Withdrawn</translation>
    </message>
    <message>
        <source>还没问</source>
        <translation>Not asked yet</translation>
    </message>
    <message>
        <source>口头</source>
        <translation>Spoken</translation>
    </message>
    <message>
        <source>纸质</source>
        <translation>On paper</translation>
    </message>
    <message>
        <source>扫码</source>
        <translation>Scanned code</translation>
    </message>
    <message>
        <source>本人在页面上</source>
        <translation>Herself, on her page</translation>
    </message>
    <message>
        <source>总部登记</source>
        <translation>By head office</translation>
    </message>
    <message>
        <source>领券页告知 {number}</source>
        <translation>notice {number} of the claim page</translation>
    </message>
    <message>
        <source>隐私页面</source>
        <translation>privacy page</translation>
    </message>
    <message>
        <source>领券页面</source>
        <translation>claim page</translation>
    </message>
</context>
<context>
    <name>CopyDialog</name>
    <message>
        <source>给客户一份副本 (查阅复制)</source>
        <translation>A copy for the client (right of access)</translation>
    </message>
    <message>
        <source>制作副本 (会记录)</source>
        <translation>Make the copy (is logged)</translation>
    </message>
    <message>
        <source>{name} 的个人信息副本</source>
        <translation>Copy of the personal data of {name}</translation>
    </message>
    <message>
        <source>当面, 手机号验证</source>
        <translation>In person, phone number checked</translation>
    </message>
    <message>
        <source>当面, 出示证件</source>
        <translation>In person, showed a document</translation>
    </message>
    <message>
        <source>店长核实</source>
        <translation>Checked by the store manager</translation>
    </message>
    <message>
        <source>选择…</source>
        <translation>Choose…</translation>
    </message>
    <message>
        <source>文件夹</source>
        <translation>Folder</translation>
    </message>
    <message>
        <source>怎样核实本人</source>
        <translation>How was she identified</translation>
    </message>
    <message>
        <source>客户</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>新文件夹</source>
        <translation>New folder</translation>
    </message>
    <message>
        <source>里面是本机关于她的全部记录: 一页可读可打印, 一份给程序读。同事只留给自己的记录只列出是谁的。</source>
        <translation>It holds all that this PC has about her: a page to read and print, and a file for programs. What colleagues keep to themselves is only listed by author.</translation>
    </message>
    <message>
        <source>副本放在哪里</source>
        <translation>Where to put the copy</translation>
    </message>
</context>
<context>
    <name>CounterPage</name>
    <message>
        <source>最近核销</source>
        <translation>Recently redeemed</translation>
    </message>
    <message>
        <source>扫一张券试试: 核销过的都列在这里, 总部确认没有也看得到。</source>
        <translation>Scan a coupon: everything redeemed is listed here, with head office&apos;s answer.</translation>
    </message>
    <message>
        <source>还没有核销记录</source>
        <translation>Nothing redeemed yet</translation>
    </message>
    <message>
        <source>已加入 {title}</source>
        <translation>Added {title}</translation>
    </message>
    <message>
        <source>没有找到「{text}」。</source>
        <translation>“{text}” was not found.</translation>
    </message>
    <message>
        <source>核对后再输一次, 或先按 F5 同步。</source>
        <translation>Check it and try again, or sync first (F5).</translation>
    </message>
    <message>
        <source>打开二维码图片</source>
        <translation>Open a picture with codes</translation>
    </message>
    <message>
        <source>图片</source>
        <translation>Pictures</translation>
    </message>
    <message>
        <source>核销</source>
        <translation>Redeem</translation>
    </message>
    <message>
        <source>扫客户的券码, 或输入券码</source>
        <translation>Scan the client&apos;s coupon, or type its code</translation>
    </message>
    <message>
        <source>已核销「{name}」, 联网后由总部确认</source>
        <translation>Redeemed “{name}”; head office confirms it once online</translation>
    </message>
</context>
<context>
    <name>CouponGiving</name>
    <message>
        <source>转赠券</source>
        <translation>Coupon given on</translation>
    </message>
    <message>
        <source>「{name}」已转给 {who}, 联网后由总部确认</source>
        <translation>“{name}” now belongs to {who}; head office confirms once online</translation>
    </message>
</context>
<context>
    <name>CouponOffering</name>
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
        <translation>Give a coupon</translation>
    </message>
</context>
<context>
    <name>CouponsDialog</name>
    <message>
        <source>给「{name}」发券</source>
        <translation>Coupon for “{name}”</translation>
    </message>
    <message>
        <source>发给 {count} 位</source>
        <translation>Give to {count}</translation>
    </message>
    <message>
        <source>已领满的客户不再发; 额度由总部核对。发出的券是对客户的承诺, 不能收回。</source>
        <translation>Clients who have had their share get none; head office checks the quota. A coupon given is a promise and cannot be taken back.</translation>
    </message>
</context>
<context>
    <name>CouponsTab</name>
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
        <translation>Void</translation>
    </message>
    <message>
        <source>{date} 前有效</source>
        <translation>valid until {date}</translation>
    </message>
    <message>
        <source>长期有效</source>
        <translation>no end date</translation>
    </message>
    <message>
        <source>只限本人</source>
        <translation>holder only</translation>
    </message>
    <message>
        <source>朋友转赠</source>
        <translation>given by a friend</translation>
    </message>
    <message>
        <source>手里没有券。</source>
        <translation>No coupons in hand.</translation>
    </message>
    <message>
        <source>转赠…</source>
        <translation>Give on…</translation>
    </message>
    <message>
        <source>转赠给朋友: {name}</source>
        <translation>Give to a friend: {name}</translation>
    </message>
</context>
<context>
    <name>DateDialog</name>
    <message>
        <source>记一个日子</source>
        <translation>Write down a date</translation>
    </message>
    <message>
        <source>记下</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>如 女儿豆豆、结婚纪念日</source>
        <translation>e.g. daughter Doudou, wedding day</translation>
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
        <source>当天</source>
        <translation>On the day</translation>
    </message>
    <message>
        <source>什么日子</source>
        <translation>What day</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
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
    <message>
        <source>提前几天提醒</source>
        <translation>Remind days before</translation>
    </message>
    <message>
        <source>监护人已同意记下孩子的生日</source>
        <translation>The guardian agreed to keep the child&apos;s birthday</translation>
    </message>
    <message>
        <source>不满十四周岁须经监护人同意 (个人信息保护法第三十一条)。</source>
        <translation>Under 14 the guardian must agree (Personal Information Protection Law, art. 31).</translation>
    </message>
</context>
<context>
    <name>Deciding</name>
    <message>
        <source>已重新排队上传</source>
        <translation>Queued for upload again</translation>
    </message>
    <message>
        <source>重新提交</source>
        <translation>Submit again</translation>
    </message>
    <message>
        <source>「{what}」将从本机丢弃，不能恢复。需要留底请先导出。</source>
        <translation>“{what}” will be discarded on this PC for good. Export it first if you need a copy.</translation>
    </message>
    <message>
        <source>放弃这条修改？</source>
        <translation>Discard this change?</translation>
    </message>
    <message>
        <source>放弃</source>
        <translation>Discard</translation>
    </message>
    <message>
        <source>放弃修改</source>
        <translation>Discard the change</translation>
    </message>
    <message>
        <source>恢复</source>
        <translation>Restore</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>{count} 条{what}</source>
        <translation>{what}: {count}</translation>
    </message>
    <message>
        <source>{what}将从本机删除，不能在本机恢复。请先与店长或总部确认这不是误操作。</source>
        <translation>{what} will be removed from this PC and cannot be restored here. Make sure with the manager or head office that this is meant.</translation>
    </message>
    <message>
        <source>允许删除？</source>
        <translation>Allow the removal?</translation>
    </message>
    <message>
        <source>允许删除</source>
        <translation>Allow removal</translation>
    </message>
    <message>
        <source>先不删，这些记录仍在本机</source>
        <translation>Kept for now; the records are still here</translation>
    </message>
    <message>
        <source>先不删</source>
        <translation>Keep for now</translation>
    </message>
    <message>
        <source>已重新接入总部，未上交的修改都还在</source>
        <translation>Joined again; everything that waits is still here</translation>
    </message>
    <message>
        <source>已导出 {name}</source>
        <translation>Exported {name}</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>导出到</source>
        <translation>Export to</translation>
    </message>
    <message>
        <source>JSON 文件 (*.json)</source>
        <translation>JSON file (*.json)</translation>
    </message>
    <message>
        <source>表格 (*.csv)</source>
        <translation>Table (*.csv)</translation>
    </message>
</context>
<context>
    <name>DetailPane</name>
    <message>
        <source>分享</source>
        <translation>Share</translation>
    </message>
    <message>
        <source>复制货号</source>
        <translation>Copy code</translation>
    </message>
    <message>
        <source>加到客户的心愿</source>
        <translation>Add to a client&apos;s wishes</translation>
    </message>
    <message>
        <source>加到客户的心愿 F7</source>
        <translation>Add to a client&apos;s wishes (F7)</translation>
    </message>
    <message>
        <source>缺货登记</source>
        <translation>Note missing size</translation>
    </message>
    <message>
        <source>有人要这个尺码而没有货: 记一笔 F8; 看登记过的 Shift+F8</source>
        <translation>Somebody wants this size and there is none: note it, F8; see what was noted, Shift+F8</translation>
    </message>
    <message>
        <source>留货 / 调货</source>
        <translation>Keep / transfer</translation>
    </message>
    <message>
        <source>留货或向别店调货 F9; 看提出过的 Shift+F9</source>
        <translation>Keep pieces or ask another store for them, F9; see what was asked, Shift+F9</translation>
    </message>
    <message>
        <source>本店库存</source>
        <translation>Stock in this store</translation>
    </message>
    <message>
        <source>这个尺码没有货, 可以拿这些给她看</source>
        <translation>None of this size; show her these instead</translation>
    </message>
    <message>
        <source>吊牌价 {price}</source>
        <translation>Tag price {price}</translation>
    </message>
    <message>
        <source>私域专享价 {price}</source>
        <translation>Price by guide&apos;s link {price}</translation>
    </message>
    <message>
        <source>材质</source>
        <translation>Material</translation>
    </message>
    <message>
        <source>保养</source>
        <translation>Care</translation>
    </message>
    <message>
        <source>常问</source>
        <translation>Often asked</translation>
    </message>
    <message>
        <source>不能说</source>
        <translation>Not to be said</translation>
    </message>
    <message>
        <source>本店没有报过这件商品的库存</source>
        <translation>This store has not reported stock for this product</translation>
    </message>
    <message>
        <source>可售 {count} · {age} · 蓝点: 附近门店有货</source>
        <translation>{count} available · {age} · blue dot: a nearby store has it</translation>
    </message>
    <message>
        <source>本店没有报过这个尺码的库存</source>
        <translation>This store has not reported stock for this size</translation>
    </message>
    <message>
        <source>附近门店没有报这个尺码的库存</source>
        <translation>Nearby stores have not reported stock for this size</translation>
    </message>
    <message>
        <source>本店可售 {count}</source>
        <translation>{count} available here</translation>
    </message>
    <message>
        <source>{store}可售 {count}</source>
        <translation>{store}: {count} available</translation>
    </message>
    <message>
        <source>在库 {count}</source>
        <translation>{count} on hand</translation>
    </message>
    <message>
        <source>预占 {count}</source>
        <translation>{count} reserved</translation>
    </message>
    <message>
        <source>在途 {count}</source>
        <translation>{count} in transit</translation>
    </message>
    <message>
        <source>本店的销售记录不满一周, 现在还在不在说不准</source>
        <translation>Less than a week of this store&apos;s sales: whether it is still here cannot be told</translation>
    </message>
    <message>
        <source>现在还有货的把握约 {percent}% (近 28 天卖出 {sold} 件)</source>
        <translation>Still here with about {percent}% ({sold} sold in 28 days)</translation>
    </message>
    <message>
        <source>其他门店</source>
        <translation>Another store</translation>
    </message>
    <message>
        <source>{store} 余 {count} · {age}</source>
        <translation>{store} has {count} · {age}</translation>
    </message>
</context>
<context>
    <name>DoublesDialog</name>
    <message>
        <source>可能是同一个人</source>
        <extracomment>Where a side stands in the sheet, and its number in a line&apos;s choice. Words that can stand one after the other.</extracomment>
        <translation>Possibly the same person</translation>
    </message>
    <message>
        <source>记录、任务、券和购买都归到保留的那位; 她没填的用另一条的补上。30 天内可以撤销。</source>
        <translation>Notes, tasks, coupons and purchases go to the record that stays; what it lacks is filled from the other. Can be undone for 30 days.</translation>
    </message>
    <message>
        <source>换一条保留</source>
        <translation>Keep the other one</translation>
    </message>
    <message>
        <source>不是同一人, 下一对</source>
        <translation>Not the same, next pair</translation>
    </message>
    <message>
        <source>合并</source>
        <translation>Merge</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>第 {at} 对, 共 {count} 对</source>
        <translation>Pair {at} of {count}</translation>
    </message>
    <message>
        <source>并入另一条</source>
        <translation>Goes into the other</translation>
    </message>
    <message>
        <source>保留</source>
        <translation>Stays</translation>
    </message>
    <message>
        <source>两条都留</source>
        <translation>Keep both</translation>
    </message>
    <message>
        <source>手机号相同</source>
        <translation>Same phone number</translation>
    </message>
    <message>
        <source>微信相同</source>
        <translation>Same WeChat</translation>
    </message>
    <message>
        <source>姓名和生日相同</source>
        <translation>Same name and birthday</translation>
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
        <source>生日</source>
        <translation>Birthday</translation>
    </message>
    <message>
        <source>上装</source>
        <translation>Top</translation>
    </message>
    <message>
        <source>下装</source>
        <translation>Trousers</translation>
    </message>
    <message>
        <source>戒指</source>
        <translation>Ring</translation>
    </message>
    <message>
        <source>会员号</source>
        <translation>Member no.</translation>
    </message>
    <message>
        <source>等级</source>
        <translation>Level</translation>
    </message>
    <message>
        <source>偏好</source>
        <translation>Likes</translation>
    </message>
    <message>
        <source>鞋码</source>
        <translation>Shoe size</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>Remark</translation>
    </message>
    <message>
        <source>标签</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>联系意愿</source>
        <translation>Contact</translation>
    </message>
    <message>
        <source>专属导购</source>
        <translation>Guide</translation>
    </message>
    <message>
        <source>累计</source>
        <translation>Spent</translation>
    </message>
    <message>
        <source>建档</source>
        <translation>Created</translation>
    </message>
</context>
<context>
    <name>ElementForm</name>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>安全边距</source>
        <translation>Safe margin</translation>
    </message>
    <message>
        <source>毫米</source>
        <translation>mm</translation>
    </message>
    <message>
        <source>像素</source>
        <translation>px</translation>
    </message>
    <message>
        <source>左 ({unit})</source>
        <translation>Left ({unit})</translation>
    </message>
    <message>
        <source>上 ({unit})</source>
        <translation>Top ({unit})</translation>
    </message>
    <message>
        <source>宽 ({unit})</source>
        <translation>Width ({unit})</translation>
    </message>
    <message>
        <source>高 ({unit})</source>
        <translation>Height ({unit})</translation>
    </message>
</context>
<context>
    <name>EntryCard</name>
    <message>
        <source>扫券或商品, 或输入券码、货号、手机号、小票号</source>
        <translation>Scan or type: coupon, item, phone, receipt</translation>
    </message>
    <message>
        <source>券码</source>
        <translation>coupon code</translation>
    </message>
    <message>
        <source>粘贴截图识别</source>
        <translation>Paste a screenshot</translation>
    </message>
    <message>
        <source>识别剪贴板里的二维码截图 (Ctrl+V), 也可以把图片拖进来; Ctrl+O 打开图片文件</source>
        <translation>Read the codes of a picture on the clipboard (Ctrl+V), or drop a picture here; Ctrl+O opens a file</translation>
    </message>
    <message>
        <source>扫码枪在任何页面都能用</source>
        <translation>The scanner works on every page</translation>
    </message>
    <message>
        <source>不记在这位客户名下</source>
        <translation>Not for this client</translation>
    </message>
    <message>
        <source>客户</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>还没有购买记录</source>
        <translation>no purchase yet</translation>
    </message>
</context>
<context>
    <name>External</name>
    <message>
        <source>联网核销</source>
        <translation>Redeem online</translation>
    </message>
</context>
<context>
    <name>ExternalCard</name>
    <message>
        <source>客户手机上显示的券名</source>
        <translation>Coupon name shown on the client&apos;s phone</translation>
    </message>
    <message>
        <source>正在问总部…</source>
        <translation>Asking head office…</translation>
    </message>
    <message>
        <source>没有联网就不能核销别家系统的券: 金额和是否用过只有对方知道。</source>
        <translation>Without network, coupons of other systems cannot be redeemed: only the other system knows the amount and whether it was used.</translation>
    </message>
    <message>
        <source>{name} · 不能用</source>
        <translation>{name} · cannot be used</translation>
    </message>
    <message>
        <source>减 {off}, 应付 {left}</source>
        <translation>{off} off, {left} to pay</translation>
    </message>
    <message>
        <source>{name} · 已核销</source>
        <translation>{name} · redeemed</translation>
    </message>
    <message>
        <source>核销时才知道是否用过</source>
        <translation>Only redeeming tells whether it was used before</translation>
    </message>
    <message>
        <source>满 {amount} 可用 · </source>
        <translation>From {amount} · </translation>
    </message>
    <message>
        <source>{name} · 要联网核销</source>
        <translation>{name} · redeem online only</translation>
    </message>
    <message>
        <source>联网核销 Enter</source>
        <translation>Redeem online Enter</translation>
    </message>
    <message>
        <source>{name} · 还不知道结果</source>
        <translation>{name} · outcome not known yet</translation>
    </message>
    <message>
        <source>没有收到回答。先不要优惠; 再问一次, 同一张券不会用两次。</source>
        <translation>No answer came. Give no discount yet; ask again: the coupon is never used twice.</translation>
    </message>
    <message>
        <source>对方说不能用, 但可能正是上一次核销的: 看客户手机, 并报总部 (请求号 {no})</source>
        <translation>The other system refuses it, perhaps because our last request redeemed it: look at the client&apos;s phone and tell head office (request {no})</translation>
    </message>
    <message>
        <source>再问一次 Enter</source>
        <translation>Ask again Enter</translation>
    </message>
    <message>
        <source>微信支付商家券</source>
        <translation>WeChat Pay merchant coupon</translation>
    </message>
    <message>
        <source>这张券之前已核销</source>
        <translation>This coupon was redeemed before</translation>
    </message>
    <message>
        <source>本单已用了别的券, 这批券不能同用</source>
        <translation>Another coupon was used on this bill; this one does not go with it</translation>
    </message>
    <message>
        <source>总部没有接入这个系统的券</source>
        <translation>Head office is not connected to this system&apos;s coupons</translation>
    </message>
    <message>
        <source>这是换购券, 请在收银系统核销</source>
        <translation>This is an exchange coupon; redeem it at the till</translation>
    </message>
    <message>
        <source>总部没有发布这批券</source>
        <translation>Head office has not published this batch</translation>
    </message>
    <message>
        <source>同一张券正在另一台电脑上核销, 还没有结果, 稍后再试</source>
        <translation>This coupon is being redeemed at another PC, outcome not known yet; try later</translation>
    </message>
    <message>
        <source>总部连不上对方系统: 没有问出去, 券没有被核销</source>
        <translation>Head office cannot reach the other system: nothing was asked, the coupon was not redeemed</translation>
    </message>
    <message>
        <source>这次核销已由总部退回</source>
        <translation>Head office has given this redemption back</translation>
    </message>
    <message>
        <source>满 {amount} 可用, 还没有到</source>
        <translation>From {amount}; not reached yet</translation>
    </message>
</context>
<context>
    <name>Failure</name>
    <message>
        <source>这一步没有完成</source>
        <extracomment>Codes of errors that no login helps with: the key of the book is missing or another one.</extracomment>
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
        <source>客户簿打不开</source>
        <translation>The client book cannot be opened</translation>
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
    <name>FileTab</name>
    <message>
        <source>档案</source>
        <translation>File</translation>
    </message>
    <message>
        <source>售后</source>
        <translation>Aftercare</translation>
    </message>
    <message>
        <source>+ 售后</source>
        <translation>+ Service</translation>
    </message>
    <message>
        <source>没有维修、换货或投诉。</source>
        <translation>No repairs, exchanges or complaints.</translation>
    </message>
    <message>
        <source>办好了</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>办好了: {title}</source>
        <translation>Done: {title}</translation>
    </message>
    <message>
        <source>{bought} 购买, 保到 {until}</source>
        <translation>Bought {bought}, under warranty until {until}</translation>
    </message>
</context>
<context>
    <name>FlagDialog</name>
    <message>
        <source>投诉和停止服务</source>
        <translation>Complaint or block</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>没有</source>
        <translation>None</translation>
    </message>
    <message>
        <source>投诉处理中</source>
        <translation>Complaint open</translation>
    </message>
    <message>
        <source>停止服务 (由店长解除)</source>
        <translation>Blocked (lifted by the manager)</translation>
    </message>
    <message>
        <source>标记</source>
        <translation>Flag</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
</context>
<context>
    <name>ForWhomDialog</name>
    <message>
        <source>给谁买</source>
        <translation>For whom</translation>
    </message>
    <message>
        <source>记下</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>别人</source>
        <translation>Somebody else</translation>
    </message>
    <message>
        <source>如 同事</source>
        <translation>e.g. colleague</translation>
    </message>
    <message>
        <source>给谁</source>
        <translation>For</translation>
    </message>
    <message>
        <source>写下是谁</source>
        <translation>Who it is</translation>
    </message>
    <message>
        <source>不是她自己的尺码, 常买尺码不再算这一件。</source>
        <translation>Not her own size: her usual sizes leave this piece out.</translation>
    </message>
</context>
<context>
    <name>FormDialog</name>
    <message>
        <source>取消</source>
        <extracomment>A run long enough to be a telephone number, full-width digits too. Letters of a name that fit beside a number on one line of a dialog.</extracomment>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>FoundStack</name>
    <message>
        <source>换个写法再找, 或现在就为她建档。</source>
        <translation>Look for her in another way, or add her now.</translation>
    </message>
    <message>
        <source>没有找到「{text}」</source>
        <translation>“{text}” was not found</translation>
    </message>
    <message>
        <source>新建客户「{text}」 (Enter)</source>
        <translation>New client “{text}” (Enter)</translation>
    </message>
    <message>
        <source>换一份名单看看; 按 Ctrl+N 新增, 或导入。</source>
        <translation>Look at another list; Ctrl+N adds a client, or bring in a list.</translation>
    </message>
    <message>
        <source>这里还没有客户</source>
        <translation>Nobody is here yet</translation>
    </message>
</context>
<context>
    <name>GiveDialog</name>
    <message>
        <source>把券转赠给朋友</source>
        <translation>Give the coupon to a friend</translation>
    </message>
    <message>
        <source>转赠</source>
        <translation>Give</translation>
    </message>
    <message>
        <source>查找收券的人</source>
        <translation>Find who gets the coupon</translation>
    </message>
    <message>
        <source>收券的人</source>
        <translation>Who gets the coupon</translation>
    </message>
    <message>
        <source>券</source>
        <translation>Coupon</translation>
    </message>
    <message>
        <source>现在是</source>
        <translation>Now with</translation>
    </message>
    <message>
        <source>转给</source>
        <translation>Give to</translation>
    </message>
    <message>
        <source>不在客户本里: 新增客户…</source>
        <translation>Not in the book: new client…</translation>
    </message>
    <message>
        <source>一张券只能转赠一次, 之后只限收券的人本人用, 不能撤回。业绩仍按发券的导购算。券不能买卖。</source>
        <translation>A coupon can be given on once. After that only who gets it may use it, and it cannot be taken back. The sale still counts for the guide who handed the coupon out. Coupons are not for sale.</translation>
    </message>
</context>
<context>
    <name>GoodsTable</name>
    <message>
        <source>商品明细</source>
        <translation>Bill lines</translation>
    </message>
    <message>
        <source>商品</source>
        <translation>Item</translation>
    </message>
    <message>
        <source>数量</source>
        <translation>Qty</translation>
    </message>
    <message>
        <source>金额</source>
        <translation>Amount</translation>
    </message>
    <message>
        <source>分摊优惠</source>
        <translation>Discount share</translation>
    </message>
    <message>
        <source>数量改为 0 或按 Ctrl+Del 去掉一行</source>
        <translation>Set the quantity to 0, or press Ctrl+Del, to drop a line</translation>
    </message>
    <message>
        <source>{title} 数量</source>
        <translation>{title} quantity</translation>
    </message>
    <message>
        <source>{title} 金额</source>
        <translation>{title} amount</translation>
    </message>
</context>
<context>
    <name>GunCard</name>
    <message>
        <source>扫码枪</source>
        <translation>Scanner gun</translation>
    </message>
    <message>
        <source>回车或 Tab</source>
        <translation>Enter or Tab</translation>
    </message>
    <message>
        <source>没有</source>
        <translation>Nothing</translation>
    </message>
    <message>
        <source>响</source>
        <translation>On</translation>
    </message>
    <message>
        <source>不响</source>
        <translation>Off</translation>
    </message>
    <message>
        <source>扫完发送</source>
        <translation>Sent after a scan</translation>
    </message>
    <message>
        <source>提示音</source>
        <translation>Tone</translation>
    </message>
    <message>
        <source>前缀</source>
        <translation>Prefix</translation>
    </message>
    <message>
        <source>后缀</source>
        <translation>Suffix</translation>
    </message>
    <message>
        <source>多数枪出厂就是回车</source>
        <translation>Most guns send Enter</translation>
    </message>
    <message>
        <source>枪在每个码前面加的字符, 没有就空着</source>
        <translation>Characters the gun sends before each code; leave empty if none</translation>
    </message>
    <message>
        <source>枪在每个码后面加的字符, 没有就空着</source>
        <translation>Characters the gun sends after each code; leave empty if none</translation>
    </message>
    <message>
        <source>找到响一声, 没找到响两声</source>
        <translation>One tone when found, two when not</translation>
    </message>
</context>
<context>
    <name>HandingOver</name>
    <message>
        <source>{name} 回到客户本; 合并以后写下的留在这里</source>
        <translation>{name} is back in the book; what was written since the merge stays here</translation>
    </message>
    <message>
        <source>撤销合并</source>
        <translation>Undo merge</translation>
    </message>
    <message>
        <source>已转给同事</source>
        <translation>Handed to a colleague</translation>
    </message>
    <message>
        <source>转给同事</source>
        <translation>Hand to a colleague</translation>
    </message>
    <message>
        <source>{name} 将转店, 下次同步后从本店移走</source>
        <translation>{name} moves to another store and leaves this one after the next sync</translation>
    </message>
    <message>
        <source>转店</source>
        <translation>Move to another store</translation>
    </message>
    <message>
        <source>已并入 {name}</source>
        <translation>Merged into {name}</translation>
    </message>
    <message>
        <source>30 天内没有谁并入她</source>
        <translation>Nobody was merged into her within 30 days</translation>
    </message>
    <message>
        <source>合并客户</source>
        <translation>Merge clients</translation>
    </message>
</context>
<context>
    <name>HerRights</name>
    <message>
        <source>不做画像</source>
        <translation>No profiling</translation>
    </message>
    <message>
        <source>以后不再按 {name} 的购买习惯推荐和提醒。只有她本人能重新同意, 导购不能改回。</source>
        <translation>From now on nothing is suggested from the habits of {name}. Only she herself can agree again; a guide cannot.</translation>
    </message>
    <message>
        <source>登记: 她不要画像</source>
        <translation>Take down: no profiling</translation>
    </message>
    <message>
        <source>登记同意</source>
        <translation>Taking down a consent</translation>
    </message>
    <message>
        <source>已登记: {purpose} — {standing}</source>
        <translation>Taken down: {purpose} — {standing}</translation>
    </message>
    <message>
        <source>副本在 {folder}: copy.pdf 和 copy.html 供阅读和打印</source>
        <translation>The copy is in {folder}: copy.pdf and copy.html to read and print</translation>
    </message>
    <message>
        <source>{count} 条由其他同事保管, 只列出是谁的</source>
        <translation>{count} kept by colleagues, listed by author only</translation>
    </message>
    <message>
        <source>给客户副本</source>
        <translation>Copy for a client</translation>
    </message>
</context>
<context>
    <name>HerSize</name>
    <message>
        <source>{name}穿 {size}</source>
        <translation>{name} wears {size}</translation>
    </message>
    <message>
        <source>{name}常买 {size}</source>
        <translation>{name} usually buys {size}</translation>
    </message>
    <message>
        <source>本店库存未知</source>
        <translation>stock here unknown</translation>
    </message>
    <message>
        <source>本店 {count} 件 ({age})</source>
        <translation>{count} here ({age})</translation>
    </message>
    <message>
        <source>附近门店 {count} 件</source>
        <translation>{count} in stores nearby</translation>
    </message>
</context>
<context>
    <name>HistoryTabs</name>
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
        <source>日子家人</source>
        <translation>People</translation>
    </message>
    <message>
        <source>档案售后</source>
        <translation>File</translation>
    </message>
</context>
<context>
    <name>HitList</name>
    <message>
        <source>找到的商品和客户</source>
        <translation>Items and clients found</translation>
    </message>
</context>
<context>
    <name>HowMeant</name>
    <message>
        <source>客户</source>
        <translation>Clients</translation>
    </message>
    <message>
        <source>购买记录 (小票)</source>
        <translation>Purchases (receipts)</translation>
    </message>
    <message>
        <source>自动</source>
        <translation>Automatic</translation>
    </message>
    <message>
        <source>逗号 ,</source>
        <translation>Comma ,</translation>
    </message>
    <message>
        <source>制表符</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>分号 ;</source>
        <translation>Semicolon ;</translation>
    </message>
    <message>
        <source>竖线 |</source>
        <translation>Bar |</translation>
    </message>
    <message>
        <source>内容</source>
        <translation>Content</translation>
    </message>
    <message>
        <source>编码</source>
        <translation>Encoding</translation>
    </message>
    <message>
        <source>分隔符</source>
        <translation>Separator</translation>
    </message>
    <message>
        <source>工作表</source>
        <translation>Sheet</translation>
    </message>
    <message>
        <source>自动: {found}</source>
        <translation>Automatic: {found}</translation>
    </message>
</context>
<context>
    <name>KeepDialog</name>
    <message>
        <source>留货与调货</source>
        <translation>Kept and transferred</translation>
    </message>
    <message>
        <source>本店留货 · 可售 {count} · {age}</source>
        <translation>Keep here · {count} for sale · {age}</translation>
    </message>
    <message>
        <source>从{store}调来 · 余 {count} · {age}</source>
        <translation>Send from {store} · {count} left · {age}</translation>
    </message>
    <message>
        <source>请{store}留着 · 余 {count} · {age}</source>
        <translation>Ask {store} to keep · {count} left · {age}</translation>
    </message>
    <message>
        <source>{days} 天</source>
        <translation>{days} day[s]</translation>
    </message>
    <message>
        <source>商品</source>
        <translation>Product</translation>
    </message>
    <message>
        <source>从哪里</source>
        <translation>From where</translation>
    </message>
    <message>
        <source>件数</source>
        <translation>Pieces</translation>
    </message>
    <message>
        <source>留多久</source>
        <translation>Keep for</translation>
    </message>
    <message>
        <source>别的门店要等双方同步后由对方店长答复; 到时间没有取走, 留货自己结束。</source>
        <translation>Another store&apos;s manager answers once both have synced; pieces not taken in time are released.</translation>
    </message>
    <message>
        <source>提出</source>
        <translation>Ask</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>KnownChoice</name>
    <message>
        <source>全部保留本机的</source>
        <translation>Keep all of mine</translation>
    </message>
    <message>
        <source>全部用文件里的</source>
        <translation>Take all of the file&apos;s</translation>
    </message>
    <message>
        <source>已有的客户</source>
        <translation>Known client</translation>
    </message>
    <message>
        <source>资料</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>本机</source>
        <translation>Mine</translation>
    </message>
    <message>
        <source>文件</source>
        <translation>File</translation>
    </message>
    <message>
        <source>留下</source>
        <translation>Keep</translation>
    </message>
    <message>
        <source>第 {row} 行 {name}</source>
        <translation>Row {row} {name}</translation>
    </message>
    <message>
        <source>{count} 位客户已在本里, 资料不同</source>
        <translation>Clients in the book that differ: {count}</translation>
    </message>
    <message>
        <source>列出前 {shown} 处, 共 {all} 处</source>
        <translation>the first {shown} of {all} differences</translation>
    </message>
    <message>
        <source>是另一个人</source>
        <translation>Another person</translation>
    </message>
    <message>
        <source>保留本机的</source>
        <translation>Keep mine</translation>
    </message>
    <message>
        <source>用文件里的</source>
        <translation>Take the file&apos;s</translation>
    </message>
    <message>
        <source>两个都留 (另一个写进备注)</source>
        <translation>Keep both (the other into the remark)</translation>
    </message>
</context>
<context>
    <name>LibraryList</name>
    <message>
        <source>找话术: 任意词、拼音</source>
        <translation>Find a script: any word, pinyin</translation>
    </message>
    <message>
        <source>找话术</source>
        <translation>Find a script</translation>
    </message>
    <message>
        <source>+ 自己写</source>
        <translation>+ Write one</translation>
    </message>
    <message>
        <source>写一条自己的话术 (Ctrl+N)</source>
        <translation>Write a script of your own (Ctrl+N)</translation>
    </message>
    <message>
        <source>话术</source>
        <translation>Scripts</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>★ 收藏</source>
        <translation>★ Favourites</translation>
    </message>
    <message>
        <source>本店自写</source>
        <translation>By this store</translation>
    </message>
    <message>
        <source>没有找到。换个词, 或按 Ctrl+N 自己写一条。</source>
        <translation>Nothing found. Try another word, or press Ctrl+N to write one.</translation>
    </message>
    <message>
        <source>还没有话术。总部的话术随同步到来; 也可以按 Ctrl+N 自己写。</source>
        <translation>No scripts yet. Head office&apos;s come with a sync; or press Ctrl+N to write your own.</translation>
    </message>
</context>
<context>
    <name>LibraryPage</name>
    <message>
        <source>话术</source>
        <translation>Scripts</translation>
    </message>
    <message>
        <source>{count} 条 · 回车复制, 发出后按 Y</source>
        <translation>{count} · Enter copies, Y once it is sent</translation>
    </message>
    <message>
        <source>发出后按 Y, 才记到{name}的时间线</source>
        <translation>Press Y once it is sent; only then it goes onto {name}&apos;s timeline</translation>
    </message>
    <message>
        <source>不指定客户时只复制, 不记录</source>
        <translation>Without a client it is only copied, not recorded</translation>
    </message>
    <message>
        <source>已复制, 到微信里按 Ctrl+V</source>
        <translation>Copied; press Ctrl+V in WeChat</translation>
    </message>
    <message>
        <source>这条话术没有配图</source>
        <translation>This script has no picture</translation>
    </message>
    <message>
        <source>图片还没有下载到这台电脑, 联网后会自动到来</source>
        <translation>The picture has not come to this PC yet; it comes by itself once online</translation>
    </message>
    <message>
        <source>已复制图片, 到微信里按 Ctrl+V</source>
        <translation>Picture copied; press Ctrl+V in WeChat</translation>
    </message>
    <message>
        <source>客户回复了</source>
        <translation>Client replied</translation>
    </message>
    <message>
        <source>已记下回复</source>
        <translation>Reply noted</translation>
    </message>
    <message>
        <source>坚持用词记录由店长查看</source>
        <translation>The log of kept words is for the store manager</translation>
    </message>
</context>
<context>
    <name>LibraryPane</name>
    <message>
        <source>收藏 (Ctrl+D)</source>
        <translation>Favourite (Ctrl+D)</translation>
    </message>
    <message>
        <source>改这条话术 (F2)</source>
        <translation>Change this script (F2)</translation>
    </message>
    <message>
        <source>删除这条话术</source>
        <translation>Delete this script</translation>
    </message>
    <message>
        <source>券</source>
        <translation>Coupon</translation>
    </message>
    <message>
        <source>复制话术</source>
        <translation>Copy script</translation>
    </message>
    <message>
        <source>复制图片</source>
        <translation>Copy picture</translation>
    </message>
    <message>
        <source>配海报发</source>
        <translation>With a poster</translation>
    </message>
    <message>
        <source>客户回复了</source>
        <translation>Client replied</translation>
    </message>
    <message>
        <source>商品</source>
        <translation>Product</translation>
    </message>
    <message>
        <source>发给</source>
        <translation>To</translation>
    </message>
    <message>
        <source>发出的样子 · 可改</source>
        <translation>As it will be sent · may be changed</translation>
    </message>
    <message>
        <source>总部</source>
        <translation>Head office</translation>
    </message>
    <message>
        <source>我的 · 本店可用</source>
        <translation>Mine · for the store</translation>
    </message>
    <message>
        <source>我的 · 仅自己</source>
        <translation>Mine · only me</translation>
    </message>
    <message>
        <source>{name}分享</source>
        <translation>Shared by {name}</translation>
    </message>
    <message>
        <source>不带券</source>
        <translation>No coupon</translation>
    </message>
    <message>
        <source>近 90 天本店: 发出 {sent} 次, 有回复 {replied}, 一周内购买 {sold}</source>
        <translation>This store, 90 days: sent {sent}, answered {replied}, bought within a week {sold}</translation>
    </message>
    <message>
        <source>{name}: 发出 {sent} 次, 有回复或购买 {hits} ({rate}%, 95% 区间 {low}–{high}%)</source>
        <translation>{name}: sent {sent}, answered or bought {hits} ({rate}%, 95% interval {low}–{high}%)</translation>
    </message>
    <message>
        <source>样本还少 (每种至少 {least} 次), 不排名。</source>
        <translation>Too few yet (at least {least} of each): not ranked.</translation>
    </message>
    <message>
        <source>目前 {name} 在前, 差距还在误差之内。</source>
        <translation>{name} is ahead for now, but within chance.</translation>
    </message>
    <message>
        <source>目前没有差别。</source>
        <translation>No difference so far.</translation>
    </message>
    <message>
        <source>{name} 明显更好。</source>
        <translation>{name} is clearly better.</translation>
    </message>
    <message>
        <source>近 90 天本店 A/B</source>
        <translation>A/B in this store, 90 days</translation>
    </message>
    <message>
        <source>填写{name}</source>
        <translation>Fill in {name}</translation>
    </message>
    <message>
        <source>复制第 {number} 张图</source>
        <translation>Copy picture {number}</translation>
    </message>
</context>
<context>
    <name>LineModel</name>
    <message>
        <source>客户</source>
        <translation>Clients</translation>
    </message>
    <message>
        <source>多少天没买</source>
        <translation>Purchase, days</translation>
    </message>
    <message>
        <source>多少天没联系</source>
        <translation>Contact, days</translation>
    </message>
    <message>
        <source>惯常间隔已过</source>
        <translation>Interval passed</translation>
    </message>
    <message>
        <source>可能已离开</source>
        <translation>Likely left</translation>
    </message>
    <message>
        <source>90 天预计</source>
        <translation>Next 90 days</translation>
    </message>
    <message>
        <source>能否联系</source>
        <translation>May be contacted</translation>
    </message>
    <message>
        <source>可联系</source>
        <translation>Yes</translation>
    </message>
    <message>
        <source>从未</source>
        <translation>never</translation>
    </message>
</context>
<context>
    <name>List</name>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>」「</source>
        <translation>”, “</translation>
    </message>
    <message>
        <source>；</source>
        <translation>; </translation>
    </message>
</context>
<context>
    <name>ListPrinting</name>
    <message>
        <source>今日名单</source>
        <translation>Today&apos;s list</translation>
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
    <name>LookBox</name>
    <message>
        <source>加入搭配</source>
        <translation>Add to look</translation>
    </message>
    <message>
        <source>已有搭配与批量海报</source>
        <translation>Saved looks and batch posters</translation>
    </message>
    <message>
        <source>搭配名, 例如: 初冬通勤一身</source>
        <translation>Name of the look, e.g. Early winter</translation>
    </message>
    <message>
        <source>搭配名</source>
        <translation>Name of the look</translation>
    </message>
    <message>
        <source>分享这套搭配</source>
        <translation>Share this look</translation>
    </message>
    <message>
        <source>把选中的商品放进搭配 (Ctrl+B)</source>
        <translation>Put the product chosen into a look (Ctrl+B)</translation>
    </message>
    <message>
        <source>批量做列表里的海报… (Ctrl+M)</source>
        <translation>Posters of all listed… (Ctrl+M)</translation>
    </message>
    <message>
        <source>分享记录… (Ctrl+H)</source>
        <translation>Share log… (Ctrl+H)</translation>
    </message>
    <message>
        <source>{name} · {count} 件 {price}</source>
        <translation>{name} · {count}× {price}</translation>
    </message>
    <message>
        <source>还没有搭配</source>
        <translation>No looks yet</translation>
    </message>
    <message>
        <source>分享</source>
        <translation>Share</translation>
    </message>
    <message>
        <source>改名…</source>
        <translation>Rename…</translation>
    </message>
    <message>
        <source>不再使用</source>
        <translation>Use no longer</translation>
    </message>
    <message>
        <source>搭配改名</source>
        <translation>Rename look</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>搭配已改名</source>
        <translation>Look renamed</translation>
    </message>
    <message>
        <source>搭配「{name}」不再使用</source>
        <translation>Look “{name}” is used no longer</translation>
    </message>
    <message>
        <source>从搭配里去掉 {name}</source>
        <translation>Take {name} out of the look</translation>
    </message>
    <message>
        <source>再选一件就成一套, 最多 {most} 件</source>
        <translation>One more makes a look; {most} at most</translation>
    </message>
    <message>
        <source>{count} 件 · 合计 {total}</source>
        <translation>Items: {count} · {total} together</translation>
    </message>
</context>
<context>
    <name>LostDialog</name>
    <message>
        <source>为什么被覆盖</source>
        <translation>Why it was overtaken</translation>
    </message>
    <message>
        <source>{time} 得知。本机写的保留 90 天，随时可以恢复。</source>
        <translation>Known since {time}. What this PC wrote is kept for 90 days and can be put back at any time.</translation>
    </message>
    <message>
        <source>{time} 得知。这些状态不能退回，需要时另建一条新的。</source>
        <translation>Known since {time}. These states cannot go back; enter a new one if needed.</translation>
    </message>
    <message>
        <source>以后再说</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>本机</source>
        <translation>this PC</translation>
    </message>
    <message>
        <source>本机写的</source>
        <translation>Written here</translation>
    </message>
    <message>
        <source>现在</source>
        <translation>Now</translation>
    </message>
    <message>
        <source>另一台电脑或总部</source>
        <translation>another PC, or head office</translation>
    </message>
    <message>
        <source>规则：先合并的为准。别的电脑已把这两位合并，留下那一次的资料；记录一条不少。</source>
        <translation>Rule: the first merge stands. Another PC had merged these two already; what it chose stays, and no record is lost.</translation>
    </message>
    <message>
        <source>规则：只进不退。这一项只能往前走，走得更远的为准，不看先后。</source>
        <translation>Rule: it never goes back. This field only moves forward, so what is further stands, whoever was first.</translation>
    </message>
    <message>
        <source>规则：后改的为准。同一项有两处改过，修改时间晚的留下；别的项互不影响。</source>
        <translation>Rule: the later edit stands. Two places changed the same field; the one edited later stays. Other fields are not touched.</translation>
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
    <name>MatchesCard</name>
    <message>
        <source>配着买 · 本店近一年的小票</source>
        <translation>Bought together · this store&apos;s receipts of a year</translation>
    </message>
    <message>
        <source>买它的 {of} 张小票里 {times} 张也有</source>
        <translation>on receipts that have it: {times} of {of}</translation>
    </message>
    <message>
        <source>做成一套</source>
        <translation>Make a look</translation>
    </message>
    <message>
        <source>和{name}做成一套搭配</source>
        <translation>Make a look with {name}</translation>
    </message>
</context>
<context>
    <name>MaterialBench</name>
    <message>
        <source>只能收回本店自制的版式。</source>
        <translation>Only templates made by this store can be withdrawn.</translation>
    </message>
    <message>
        <source>已收回「{title}」第 {version} 版</source>
        <translation>Withdrew “{title}”, version {version}</translation>
    </message>
    <message>
        <source>收回版式</source>
        <translation>Withdraw template</translation>
    </message>
    <message>
        <source>已存为新版本, 本店电脑同步后都能用</source>
        <translation>Kept as a new version; every PC of this store has it after a sync</translation>
    </message>
    <message>
        <source>保存版式</source>
        <translation>Save template</translation>
    </message>
</context>
<context>
    <name>MergeDialog</name>
    <message>
        <source>合并到另一位客户</source>
        <translation>Merge into another client</translation>
    </message>
    <message>
        <source>合并</source>
        <translation>Merge</translation>
    </message>
    <message>
        <source>查找要保留的客户</source>
        <translation>Find the client who stays</translation>
    </message>
    <message>
        <source>要保留的客户</source>
        <translation>The client who stays</translation>
    </message>
    <message>
        <source>这一条</source>
        <translation>This record</translation>
    </message>
    <message>
        <source>并入</source>
        <translation>Merge into</translation>
    </message>
    <message>
        <source>记录、任务、券和购买都归到保留的那位; 她没填的资料用这位的补上。30 天内可以撤销。</source>
        <translation>Notes, tasks, coupons and purchases go to the record that stays; what it lacks is filled from this one. Can be undone for 30 days.</translation>
    </message>
    <message>
        <source>逐项核对…</source>
        <translation>Compare field by field…</translation>
    </message>
</context>
<context>
    <name>MissingDialog</name>
    <message>
        <source>缺货登记</source>
        <translation>Note missing size</translation>
    </message>
    <message>
        <source>近 30 天有人要而没有货的尺码。到货的在最前; 回车打开商品。</source>
        <translation>Sizes asked for in vain in the last 30 days. What has come in stands first; Enter opens the product.</translation>
    </message>
    <message>
        <source>近 30 天没有缺货登记。在商品页按 F8 记一笔。</source>
        <translation>No size was asked for in vain in the last 30 days. F8 on the products page notes one.</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>要过 {times} 次, 最近 {age}</source>
        <translation>Asked for {times} time[s], last {age}</translation>
    </message>
    <message>
        <source>{count} 位客户等通知</source>
        <translation>Clients waiting to be told: {count}</translation>
    </message>
    <message>
        <source>现有 {count} 件, {age}</source>
        <translation>{count} here now, {age}</translation>
    </message>
</context>
<context>
    <name>MixCard</name>
    <message>
        <source>还有更省的组合?</source>
        <translation>A better combination?</translation>
    </message>
    <message>
        <source>可用的券</source>
        <translation>Coupons within reach</translation>
    </message>
    <message>
        <source>扫券, 或输入客户的手机号: 她的券都会列在这里。</source>
        <translation>Scan a coupon, or type a client&apos;s phone: her coupons are listed here.</translation>
    </message>
    <message>
        <source>这位客户没有未用的券。</source>
        <translation>This client has no unused coupon.</translation>
    </message>
    <message>
        <source>「{names}」共减 {total}</source>
        <translation>“{names}” take off {total}</translation>
    </message>
    <message>
        <source>F8 改用这个组合, 多省 {more}</source>
        <translation>F8 Use this, save {more} more</translation>
    </message>
    <message>
        <source>填了金额或扫了商品, 就知道哪种最省。</source>
        <translation>Enter the amount or scan goods to see which saves most.</translation>
    </message>
    <message>
        <source>已是最省的用法。</source>
        <translation>Nothing saves more.</translation>
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
        <source>称呼; 只知道微信时可以空着</source>
        <translation>What to call her; may stay empty if you have her WeChat</translation>
    </message>
    <message>
        <source>给她看的告知书版本, 如 2026-1</source>
        <translation>Version of the notice she was shown, e.g. 2026-1</translation>
    </message>
    <message>
        <source>当面口头同意</source>
        <translation>Agreed in person, spoken</translation>
    </message>
    <message>
        <source>告知书编号, 或她说了什么</source>
        <translation>Number of the form, or what she said</translation>
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
    <message>
        <source>告知书版本</source>
        <translation>Notice version</translation>
    </message>
    <message>
        <source>凭据</source>
        <translation>Proof</translation>
    </message>
    <message>
        <source>已在客户本里: {known} — 打开她</source>
        <translation>In the book already: {known} — open her</translation>
    </message>
</context>
<context>
    <name>Newcomers</name>
    <message>
        <source>已添加 {name}</source>
        <translation>Added {name}</translation>
    </message>
    <message>
        <source>新增客户</source>
        <translation>New client</translation>
    </message>
</context>
<context>
    <name>NextDeed</name>
    <message>
        <source>做海报发给客户</source>
        <translation>Make a poster for the client</translation>
    </message>
    <message>
        <source>发话术</source>
        <translation>Send a script</translation>
    </message>
    <message>
        <source>找一条话术发给客户 (Ctrl+J)</source>
        <translation>Find a script for the client (Ctrl+J)</translation>
    </message>
    <message>
        <source>发券</source>
        <translation>Give a coupon</translation>
    </message>
    <message>
        <source>答应一件事</source>
        <translation>Promise something</translation>
    </message>
    <message>
        <source>建议: {reason}</source>
        <translation>Suggestion: {reason}</translation>
    </message>
    <message>
        <source>还因为: {reasons}</source>
        <translation>Also: {reasons}</translation>
    </message>
    <message>
        <source>{days} 天内已联系 {used} 次, {day} 起可以再发; 现在可以发券或记下答应的事</source>
        <translation>Contacted {used}× in {days} d: nothing more to send before {day}. You may give a coupon or note a promise</translation>
    </message>
</context>
<context>
    <name>NoteLine</name>
    <message>
        <source>记一笔: 聊了什么、试了什么, 回车保存, ↑↓ 换种类</source>
        <translation>Note what was said or tried; Enter saves, ↑↓ change the kind</translation>
    </message>
    <message>
        <source>记一笔</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>仅自己可见</source>
        <translation>Only me</translation>
    </message>
    <message>
        <source>记录</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>通话</source>
        <translation>Call</translation>
    </message>
    <message>
        <source>到店</source>
        <translation>Visit</translation>
    </message>
    <message>
        <source>留言</source>
        <translation>Message</translation>
    </message>
    <message>
        <source>记成: {kind}</source>
        <translation>Note as: {kind}</translation>
    </message>
    <message>
        <source>「{word}」是敏感信息 ({title}), 门店不能记: {article}</source>
        <translation>“{word}” is sensitive ({title}); a store may not keep it: {article}</translation>
    </message>
    <message>
        <source>「{word}」是敏感信息 ({title}), 有监护人的同意才能记: {article}</source>
        <translation>“{word}” is sensitive ({title}); it may be kept only with the guardian&apos;s consent: {article}</translation>
    </message>
    <message>
        <source>「{word}」是敏感信息 ({title}), 有她的单独同意才能记: {article}</source>
        <translation>“{word}” is sensitive ({title}); it may be kept only with her separate consent: {article}</translation>
    </message>
</context>
<context>
    <name>NotedSales</name>
    <message>
        <source>小票照片</source>
        <translation>Photo of the receipt</translation>
    </message>
    <message>
        <source>已补录小票 {number}, 未核实</source>
        <translation>Receipt {number} noted, unverified</translation>
    </message>
    <message>
        <source>补录购买</source>
        <translation>Note a purchase</translation>
    </message>
    <message>
        <source>还没有收到收银台的小票。</source>
        <translation>No receipts of the till yet.</translation>
    </message>
    <message>
        <source>订单数据截至 {time}; 之后的购买可能还没到。</source>
        <translation>Order data until {time}; later purchases may not have arrived.</translation>
    </message>
</context>
<context>
    <name>OddDialog</name>
    <message>
        <source>收到但放不进来的记录</source>
        <translation>Records that could not be taken in</translation>
    </message>
    <message>
        <source>这些记录原样留着，其余的照常同步。总部改正或升级导购台之后会自动放进来。</source>
        <translation>They are kept as they came, all others go on. They are taken in once head office mends them or Guide Desk is upgraded.</translation>
    </message>
    <message>
        <source>导出…</source>
        <translation>Export…</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>「{field}」的内容不合规则</source>
        <translation>“{field}” breaks a rule</translation>
    </message>
    <message>
        <source>内容不合规则</source>
        <translation>The content breaks a rule</translation>
    </message>
</context>
<context>
    <name>OfferChips</name>
    <message>
        <source>不带券</source>
        <translation>No coupon</translation>
    </message>
    <message>
        <source>{terms} · {date} 前领取</source>
        <translation>{terms} · claim by {date}</translation>
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
        <translation>Coupon</translation>
    </message>
</context>
<context>
    <name>OptionLine</name>
    <message>
        <source>不可用</source>
        <translation>Not usable</translation>
    </message>
    <message>
        <source>空格: 放到单上或拿下</source>
        <translation>Space: lay on the bill or take off</translation>
    </message>
    <message>
        <source>在单上</source>
        <translation>On the bill</translation>
    </message>
    <message>
        <source>与「{names}」互斥</source>
        <translation>Not together with “{names}”</translation>
    </message>
    <message>
        <source>可以同用</source>
        <translation>Can be combined</translation>
    </message>
</context>
<context>
    <name>Outlook</name>
    <message>
        <source>可能已离开 {left}% ({low}-{high})</source>
        <translation>likely to have left: {left}% ({low}-{high})</translation>
    </message>
    <message>
        <source>买过 {orders} 次, 惯常 {usual} 天一次, {gone}; 未来 {days} 天预计买 {n} 次 ({low}-{high})</source>
        <translation>Bought {orders}×, usually every {usual} d, {gone}; purchases to expect: {n} ({low}-{high}) in {days} d</translation>
    </message>
    <message>
        <source>不做画像: 不推算她是否离开</source>
        <translation>No profiling: nothing is worked out about her</translation>
    </message>
    <message>
        <source>只买过一次, 还看不出规律</source>
        <translation>Bought once: no rhythm to be seen yet</translation>
    </message>
    <message>
        <source>惯常 {usual} 天一次, {gone}</source>
        <translation>Usually every {usual} d, {gone}</translation>
    </message>
    <message>
        <source>今天刚买过</source>
        <translation>last bought today</translation>
    </message>
    <message>
        <source>已 {gone} 天没买</source>
        <translation>last bought {gone} day[s] ago</translation>
    </message>
    <message>
        <source>按本店客户的购买记录推算 (BG/NBD 模型), 括号里是 90% 把握的范围; 只作联系先后的参考</source>
        <translation>Worked out from the purchases of this store&apos;s clients (BG/NBD model); 90% interval in brackets. A help in whom to contact first, no more</translation>
    </message>
</context>
<context>
    <name>OverlapDialog</name>
    <message>
        <source>两份名单的重叠</source>
        <translation>Overlap of two lists</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>名单一</source>
        <translation>First list</translation>
    </message>
    <message>
        <source>名单二</source>
        <translation>Second list</translation>
    </message>
    <message>
        <source>只在名单一</source>
        <translation>Only first</translation>
    </message>
    <message>
        <source>两份都在</source>
        <translation>Both</translation>
    </message>
    <message>
        <source>只在名单二</source>
        <translation>Only second</translation>
    </message>
    <message>
        <source>合起来 {whole} 位, 其中 {share}% 两份都在: 分别发送会打扰两次。</source>
        <translation>{whole} together, {share}% of them on both: sending to each list disturbs them twice.</translation>
    </message>
    <message>
        <source>合起来 {whole} 位, 没有人同时在两份名单里。</source>
        <translation>{whole} together, nobody on both.</translation>
    </message>
</context>
<context>
    <name>OverrideDialog</name>
    <message>
        <source>这样说有依据吗?</source>
        <translation>Is there proof for this?</translation>
    </message>
    <message>
        <source>「{words}」</source>
        <translation>“{words}”</translation>
    </message>
    <message>
        <source>依据</source>
        <translation>Proof</translation>
    </message>
    <message>
        <source>例如: 吊牌写明头层牛皮; 检测报告 2026-03</source>
        <translation>For example: the label says top-grain leather; test report 2026-03</translation>
    </message>
    <message>
        <source>谁、何时、哪个词、什么依据会记录下来, 店长和总部看得到。</source>
        <translation>Who, when, which word and which proof are logged; the manager and head office can see it.</translation>
    </message>
    <message>
        <source>有依据, 复制</source>
        <translation>There is, copy</translation>
    </message>
    <message>
        <source>我改一改</source>
        <translation>I&apos;ll change it</translation>
    </message>
</context>
<context>
    <name>OverrideLogDialog</name>
    <message>
        <source>坚持用词记录</source>
        <translation>Log of kept words</translation>
    </message>
    <message>
        <source>近 90 天, 本店全部导购 (广告法第 28 条: 内容要与实际相符)</source>
        <translation>90 days, all guides of this store (Advertising Law art. 28: what is said must be true)</translation>
    </message>
    <message>
        <source>近 90 天没有记录。</source>
        <translation>Nothing in 90 days.</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>导购</source>
        <translation>Guide</translation>
    </message>
    <message>
        <source>客户</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>用词</source>
        <translation>Word</translation>
    </message>
    <message>
        <source>依据</source>
        <translation>Proof</translation>
    </message>
</context>
<context>
    <name>OwnScriptDialog</name>
    <message>
        <source>改话术</source>
        <translation>Change a script</translation>
    </message>
    <message>
        <source>写一条自己的话术</source>
        <translation>Write a script of your own</translation>
    </message>
    <message>
        <source>本店同事也能用</source>
        <translation>For colleagues of this store, too</translation>
    </message>
    <message>
        <source>标题</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>场景</source>
        <translation>Scene</translation>
    </message>
    <message>
        <source>内容</source>
        <translation>Words</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Ctrl+Enter 保存</source>
        <translation>Ctrl+Enter saves</translation>
    </message>
</context>
<context>
    <name>OwnScripts</name>
    <message>
        <source>已删除「{title}」</source>
        <translation>Deleted “{title}”</translation>
    </message>
    <message>
        <source>删除话术</source>
        <translation>Delete the script</translation>
    </message>
    <message>
        <source>保存话术</source>
        <translation>Save the script</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>今日</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>客户</source>
        <translation>Clients</translation>
    </message>
    <message>
        <source>商品</source>
        <translation>Products</translation>
    </message>
    <message>
        <source>分享</source>
        <translation>Share</translation>
    </message>
    <message>
        <source>话术</source>
        <translation>Scripts</translation>
    </message>
    <message>
        <source>核销</source>
        <translation>Redeem</translation>
    </message>
    <message>
        <source>同步</source>
        <translation>Sync</translation>
    </message>
    <message>
        <source>设置</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>话术, 带上眼前的客户和商品</source>
        <translation>Scripts, with the client and product in sight</translation>
    </message>
    <message>
        <source>记下这次联系的结果</source>
        <translation>Say how it ended</translation>
    </message>
    <message>
        <source>打印今日名单</source>
        <translation>Print today&apos;s list</translation>
    </message>
    <message>
        <source>跟进流程</source>
        <translation>Sequences</translation>
    </message>
    <message>
        <source>本店任务 (店长)</source>
        <translation>The store&apos;s tasks (manager)</translation>
    </message>
    <message>
        <source>加到客户的心愿</source>
        <translation>Add to a client&apos;s wishes</translation>
    </message>
    <message>
        <source>缺货登记</source>
        <translation>Note missing size</translation>
    </message>
    <message>
        <source>登记过的缺货</source>
        <translation>Missing sizes noted</translation>
    </message>
    <message>
        <source>留货或调货</source>
        <translation>Keep or transfer pieces</translation>
    </message>
    <message>
        <source>留货与调货的答复</source>
        <translation>Answer requests for pieces</translation>
    </message>
    <message>
        <source>选标签</source>
        <translation>Choose a tag</translation>
    </message>
    <message>
        <source>新增客户</source>
        <translation>Add a client</translation>
    </message>
    <message>
        <source>标签来历</source>
        <translation>Where tags come from</translation>
    </message>
    <message>
        <source>下一个跟进状态</source>
        <translation>Next follow-up state</translation>
    </message>
    <message>
        <source>上一个跟进状态</source>
        <translation>Previous follow-up state</translation>
    </message>
    <message>
        <source>30 秒速览</source>
        <translation>30-second brief</translation>
    </message>
    <message>
        <source>改用更省的组合</source>
        <translation>Use the better combination</translation>
    </message>
    <message>
        <source>把这张券转赠给朋友</source>
        <translation>Give this coupon to a friend</translation>
    </message>
    <message>
        <source>识别粘贴的截图</source>
        <translation>Read a pasted screenshot</translation>
    </message>
    <message>
        <source>识别图片文件</source>
        <translation>Read a picture file</translation>
    </message>
    <message>
        <source>去掉一行商品</source>
        <translation>Drop a line</translation>
    </message>
    <message>
        <source>放弃这张单</source>
        <translation>Give the bill up</translation>
    </message>
    <message>
        <source>复制图片</source>
        <translation>Copy picture</translation>
    </message>
    <message>
        <source>复制文案+链接</source>
        <translation>Copy words + link</translation>
    </message>
    <message>
        <source>打印…</source>
        <translation>Print…</translation>
    </message>
    <message>
        <source>打印记录, 原样再打</source>
        <translation>Print log, print again as it was</translation>
    </message>
    <message>
        <source>存为文件</source>
        <translation>Save as file</translation>
    </message>
    <message>
        <source>朋友圈素材包</source>
        <translation>Pack for a Moments post</translation>
    </message>
    <message>
        <source>加入搭配</source>
        <translation>Add to look</translation>
    </message>
    <message>
        <source>批量海报</source>
        <translation>Batch posters</translation>
    </message>
    <message>
        <source>分享记录</source>
        <translation>Share log</translation>
    </message>
    <message>
        <source>改版式 (店长)</source>
        <translation>Edit templates (manager)</translation>
    </message>
    <message>
        <source>复制的已发送 / 没有发</source>
        <translation>What was copied: sent / not sent</translation>
    </message>
    <message>
        <source>复制过的都已发送 / 都没有发</source>
        <translation>All copies were sent / none was sent</translation>
    </message>
    <message>
        <source>复制话术</source>
        <translation>Copy script</translation>
    </message>
    <message>
        <source>复制配图</source>
        <translation>Copy the picture</translation>
    </message>
    <message>
        <source>收藏</source>
        <translation>Favourite</translation>
    </message>
    <message>
        <source>自己写一条</source>
        <translation>Write one of your own</translation>
    </message>
    <message>
        <source>改自己的话术</source>
        <translation>Change one of your own</translation>
    </message>
    <message>
        <source>删除自己的话术</source>
        <translation>Delete one of your own</translation>
    </message>
    <message>
        <source>配海报发</source>
        <translation>With a poster</translation>
    </message>
    <message>
        <source>客户回复了</source>
        <translation>Client replied</translation>
    </message>
    <message>
        <source>坚持用词记录 (店长)</source>
        <translation>Log of kept words (manager)</translation>
    </message>
    <message>
        <source>正在打开资料</source>
        <translation>Opening the book</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>没有找到「{code}」，先按 F5 同步再扫一次</source>
        <translation>Nothing found for “{code}”; sync with F5 and scan again</translation>
    </message>
    <message>
        <source>这是微信或企业微信名片码，不是券和商品；找客户请用手机号</source>
        <translation>This is a WeChat or WeCom contact code, not a coupon or item; find clients by phone</translation>
    </message>
    <message>
        <source>没有找到「{code}」，像是没读准，请再扫一次：{why}</source>
        <translation>“{code}” was not found and seems misread, scan again: {why}</translation>
    </message>
    <message>
        <source>正在打印测试页</source>
        <translation>Printing the test page</translation>
    </message>
</context>
<context>
    <name>PaperDialog</name>
    <message>
        <source>打印…</source>
        <extracomment>Asks for a file (the dialog, the proposed name), and calls back with it unless it was cancelled.</extracomment>
        <translation>Print…</translation>
    </message>
    <message>
        <source>存为 PDF…</source>
        <translation>Save as PDF…</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>ParkedDialog</name>
    <message>
        <source>未能上交</source>
        <translation>Not accepted</translation>
    </message>
    <message>
        <source>修改后重交</source>
        <translation>Correct and resend</translation>
    </message>
    <message>
        <source>原样重交</source>
        <translation>Send again as is</translation>
    </message>
    <message>
        <source>留货与调货</source>
        <translation>Kept and transferred</translation>
    </message>
    <message>
        <source>导出…</source>
        <translation>Export…</translation>
    </message>
    <message>
        <source>总部不接受的是「{field}」。</source>
        <translation>What head office does not accept is “{field}”.</translation>
    </message>
    <message>
        <source>总部说明：{words}</source>
        <translation>Head office says: {words}</translation>
    </message>
    <message>
        <source>「{field}」填得不对，请改正后重交。</source>
        <translation>“{field}” is not right; please correct it.</translation>
    </message>
    <message>
        <source>放弃…</source>
        <translation>Discard…</translation>
    </message>
    <message>
        <source>以后再说</source>
        <translation>Later</translation>
    </message>
</context>
<context>
    <name>PeopleTab</name>
    <message>
        <source>日子</source>
        <translation>Dates</translation>
    </message>
    <message>
        <source>+ 日子</source>
        <translation>+ Date</translation>
    </message>
    <message>
        <source>生日、孩子生日、纪念日都可以记。</source>
        <translation>Birthdays, children&apos;s birthdays, anniversaries.</translation>
    </message>
    <message>
        <source>家人朋友</source>
        <translation>Family and friends</translation>
    </message>
    <message>
        <source>+ 关系</source>
        <translation>+ Person</translation>
    </message>
    <message>
        <source>还没有记家人或朋友。</source>
        <translation>Nobody yet.</translation>
    </message>
    <message>
        <source>心愿单</source>
        <translation>Wishes</translation>
    </message>
    <message>
        <source>+ 心愿</source>
        <translation>+ Wish</translation>
    </message>
    <message>
        <source>她想要什么, 记在这里。</source>
        <translation>What she would like goes here.</translation>
    </message>
    <message>
        <source>有了</source>
        <translation>Fulfilled</translation>
    </message>
    <message>
        <source>实现了: {title}</source>
        <translation>Fulfilled: {title}</translation>
    </message>
    <message>
        <source>不想要了: {title}</source>
        <translation>No longer wanted: {title}</translation>
    </message>
    <message>
        <source>监护人 {month} 月 {day} 日撤回了同意, 不再提醒</source>
        <translation>The guardian withdrew consent on {month}/{day}; no more reminders</translation>
    </message>
    <message>
        <source>监护人已同意</source>
        <translation>Guardian agreed</translation>
    </message>
    <message>
        <source>不再记: {text}</source>
        <translation>Keep no longer: {text}</translation>
    </message>
    <message>
        <source>看她</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>打开 {name}</source>
        <translation>Open {name}</translation>
    </message>
    <message>
        <source>解除关系: {name}</source>
        <translation>End relation: {name}</translation>
    </message>
    <message>
        <source>生日</source>
        <translation>Birthday</translation>
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
    <message>
        <source>这张照片无法使用: 要 JPEG、PNG 或 WebP, 不超过 40 MB、6400 万像素。</source>
        <translation>This photo cannot be used: it has to be JPEG, PNG or WebP, at most 40 MB and 64 megapixels.</translation>
    </message>
</context>
<context>
    <name>PhotoActions</name>
    <message>
        <source>已修改照片</source>
        <translation>Photo changed</translation>
    </message>
    <message>
        <source>修改照片</source>
        <translation>Change the photo</translation>
    </message>
    <message>
        <source>小票照片</source>
        <translation>Photo of the receipt</translation>
    </message>
    <message>
        <source>已修改小票照片</source>
        <translation>Receipt photo changed</translation>
    </message>
    <message>
        <source>已去掉小票照片</source>
        <translation>Receipt photo taken away</translation>
    </message>
    <message>
        <source>修改小票照片</source>
        <translation>Change the receipt photo</translation>
    </message>
</context>
<context>
    <name>PhotoButton</name>
    <message>
        <source>+ 照片</source>
        <translation>+ Photo</translation>
    </message>
    <message>
        <source>照片还没同步到</source>
        <translation>The photo has not come yet</translation>
    </message>
    <message>
        <source>看大图</source>
        <translation>See it large</translation>
    </message>
</context>
<context>
    <name>PhotoDialog</name>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>选图片…</source>
        <translation>Choose a picture…</translation>
    </message>
    <message>
        <source>粘贴 (Ctrl+V)</source>
        <translation>Paste (Ctrl+V)</translation>
    </message>
    <message>
        <source>去掉照片</source>
        <translation>Take the photo away</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>正在读取…</source>
        <translation>Reading…</translation>
    </message>
    <message>
        <source>照片会缩小; 拍摄的地点、时间和手机型号不会保存。只给本店和总部看, 随客户的资料一起抹除。</source>
        <translation>The photo is made smaller; where, when and with what it was taken is not kept. Only this store and head office see it, and it is erased with the client.</translation>
    </message>
    <message>
        <source>选图片</source>
        <translation>Choose a picture</translation>
    </message>
    <message>
        <source>图片 (*.jpg *.jpeg *.png *.webp)</source>
        <translation>Pictures (*.jpg *.jpeg *.png *.webp)</translation>
    </message>
    <message>
        <source>剪贴板里没有图片。</source>
        <translation>There is no picture on the clipboard.</translation>
    </message>
    <message>
        <source>照片</source>
        <translation>Photo</translation>
    </message>
    <message>
        <source>没有照片</source>
        <translation>No photo</translation>
    </message>
    <message>
        <source>照片还没到或读不出来。</source>
        <translation>The photo has not come yet, or cannot be read.</translation>
    </message>
    <message>
        <source>这张照片还没同步到本机: 现在可以换一张或去掉它, 但不能撤销。</source>
        <translation>This photo has not come to this PC yet: it can be replaced or taken away, but not brought back.</translation>
    </message>
</context>
<context>
    <name>Phrase</name>
    <message>
        <source>请重新扫码, 或核对条码数字。</source>
        <translation>Scan once more, or check the digits of the barcode.</translation>
    </message>
    <message>
        <source>请重新扫码, 或换一个码。</source>
        <translation>Scan once more, or use another code.</translation>
    </message>
    <message>
        <source>先同步一次; 还要就重新提出。</source>
        <translation>Sync first; ask again if it is still wanted.</translation>
    </message>
    <message>
        <source>请核对标签名。</source>
        <translation>Check the name of the tag.</translation>
    </message>
    <message>
        <source>请核对编号。</source>
        <translation>Check the number.</translation>
    </message>
    <message>
        <source>请选导购台加密导出的文件。</source>
        <translation>Choose a file that Guide Desk exported with a password.</translation>
    </message>
    <message>
        <source>任务在「今日」页; 先同步一次。</source>
        <translation>Tasks are on the page Today; sync first.</translation>
    </message>
    <message>
        <source>请选另一项。</source>
        <translation>Choose another element.</translation>
    </message>
    <message>
        <source>请改份数。</source>
        <translation>Change the number of copies.</translation>
    </message>
    <message>
        <source>「同步」页列出还在的。</source>
        <translation>The page Sync lists what is still there.</translation>
    </message>
    <message>
        <source>请店长向总部要一个新的登记码, 重新登记这台电脑; 未上交的修改会保留。</source>
        <translation>Ask the manager for a new enrolment code from head office and enrol this PC again; changes not handed in are kept.</translation>
    </message>
    <message>
        <source>请总部给它相应的权限, 或换一个有权限的凭证。</source>
        <translation>Ask head office to allow it, or use a credential that may.</translation>
    </message>
    <message>
        <source>请核对地址和编号。</source>
        <translation>Check the address and the number.</translation>
    </message>
    <message>
        <source>请按总部的接口说明改正。</source>
        <translation>Correct it as head office&apos;s interface description says.</translation>
    </message>
    <message>
        <source>登记码只能用一次, 请总部用 head-office enrol-code 另发一个。</source>
        <translation>An enrolment code works once; head office gives another by head-office enrol-code.</translation>
    </message>
    <message>
        <source>请分成几次上传。</source>
        <translation>Upload it in several parts.</translation>
    </message>
    <message>
        <source>请升级这台电脑的导购台; 未上交的修改会在升级后照常上交。</source>
        <translation>Update Guide Desk on this PC; changes not handed in follow after the update.</translation>
    </message>
    <message>
        <source>请核对内容后再交; 仍不行就联系总部信息部门。</source>
        <translation>Check the content and hand it in again; if that fails, ask head office&apos;s IT staff.</translation>
    </message>
    <message>
        <source>先同步一次再看; 这条修改可以放弃。</source>
        <translation>Sync and look again; this change can be given up.</translation>
    </message>
    <message>
        <source>请另建一条新的; 这条修改可以放弃。</source>
        <translation>Make a new one; this change can be given up.</translation>
    </message>
    <message>
        <source>请总部办理; 这条修改可以放弃。</source>
        <translation>Ask head office to do it; this change can be given up.</translation>
    </message>
    <message>
        <source>请联系客户现在的门店; 这条修改可以放弃。</source>
        <translation>Talk to the store that has the client now; this change can be given up.</translation>
    </message>
    <message>
        <source>请店长登录后办理; 这条修改可以放弃。</source>
        <translation>The manager does this after signing in; this change can be given up.</translation>
    </message>
    <message>
        <source>请核对要转入的门店。</source>
        <translation>Check the store she is to go to.</translation>
    </message>
    <message>
        <source>请重新选择客户; 这条修改可以放弃。</source>
        <translation>Choose the client again; this change can be given up.</translation>
    </message>
    <message>
        <source>请手工新建客户。</source>
        <translation>Add the client by hand.</translation>
    </message>
    <message>
        <source>请向本区域内有货的门店重新提出。</source>
        <translation>Ask a store of this region that has it.</translation>
    </message>
    <message>
        <source>货还在就请对方重新提出。</source>
        <translation>If it is still there, let them ask again.</translation>
    </message>
    <message>
        <source>请客户自己在会员页重新同意。</source>
        <translation>The client can allow it again on her member page.</translation>
    </message>
    <message>
        <source>先处理投诉, 或请店长解除停止服务。</source>
        <translation>Settle the complaint first, or ask the manager to end the block.</translation>
    </message>
    <message>
        <source>请重新扫码, 或核对 14 位券码。</source>
        <translation>Scan once more, or check the 14 characters of the code.</translation>
    </message>
    <message>
        <source>换一种券, 或请店长向总部申请补发。</source>
        <translation>Use another coupon, or ask the manager to have head office issue one anew.</translation>
    </message>
    <message>
        <source>请核对券面上的使用条件; 不符合就换一种券。</source>
        <translation>Check the terms on the coupon; if they are not met, use another.</translation>
    </message>
    <message>
        <source>请领券的客户本人出示。</source>
        <translation>The client who claimed it must show it herself.</translation>
    </message>
    <message>
        <source>券还是原来那位客户的, 由她本人使用。</source>
        <translation>The coupon stays with its client, who can use it herself.</translation>
    </message>
    <message>
        <source>换一批还有余量的券。</source>
        <translation>Use a batch that has some left.</translation>
    </message>
    <message>
        <source>她已有的券可以直接使用。</source>
        <translation>She can use the one she has.</translation>
    </message>
    <message>
        <source>这张券已核销</source>
        <translation>This coupon has been redeemed</translation>
    </message>
    <message>
        <source>「{name}」已停售, 不能分享。</source>
        <translation>“{name}” is no longer sold and cannot be shared.</translation>
    </message>
    <message>
        <source>「{name}」属于敏感商品, 不能分享。</source>
        <translation>“{name}” is a sensitive product and cannot be shared.</translation>
    </message>
    <message>
        <source>「{name}」{why}, 不能再打。</source>
        <translation>“{name}” cannot be printed again: {why}.</translation>
    </message>
    <message>
        <source>在商品上按 Ctrl+P, 可以只打隐私货签。</source>
        <translation>On the product press Ctrl+P to print a discreet label only.</translation>
    </message>
    <message>
        <source>这件商品已经不在目录里, 不能再打。</source>
        <translation>This product is no longer in the catalogue and cannot be printed again.</translation>
    </message>
    <message>
        <source>还差 {amount} 才到门槛</source>
        <translation>{amount} short of the threshold</translation>
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
        <translation>Usually buys every {usual} day[s], last seen {gone} day[s] ago</translation>
    </message>
    <message>
        <source>答应过「{title}」, 已过期 {days} 天</source>
        <translation>You promised “{title}”, {days} day[s] overdue</translation>
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
        <translation>“{coupon}” expires in {days} day[s]</translation>
    </message>
    <message>
        <source>{name} {said}, {deed} ({why})。</source>
        <translation>{name}: {said}, {deed} ({why}).</translation>
    </message>
    <message>
        <source>有投诉未结</source>
        <translation>a complaint is open</translation>
    </message>
    <message>
        <source>先处理投诉, 再取消标记。</source>
        <translation>Settle the complaint first, then take the mark off.</translation>
    </message>
    <message>
        <source>已停止服务</source>
        <translation>no longer served</translation>
    </message>
    <message>
        <source>请店长先解除停止服务。</source>
        <translation>Please have the manager lift the block first.</translation>
    </message>
    <message>
        <source>「{text}」读不全。</source>
        <translation>“{text}” cannot be read to its end.</translation>
    </message>
    <message>
        <source>请对准条码再扫一次。</source>
        <translation>Please aim at the barcode and scan again.</translation>
    </message>
    <message>
        <source>「{upc_e}」不是 UPC-E 条码。</source>
        <translation>“{upc_e}” is not a UPC-E barcode.</translation>
    </message>
    <message>
        <source>UPC-E 是 6 到 8 位数字。</source>
        <translation>UPC-E has 6 to 8 digits.</translation>
    </message>
    <message>
        <source>条码「{upc_e}」的校验位应为 {check}, 不是 {given}。</source>
        <translation>The check digit of barcode “{upc_e}” should be {check}, not {given}.</translation>
    </message>
    <message>
        <source>不是 GS1 Digital Link: {why}。</source>
        <translation>Not a GS1 Digital Link: {why}.</translation>
    </message>
    <message>
        <source>没有 /01/GTIN, 或后面的标识不认识</source>
        <translation>there is no /01/GTIN, or an unknown identifier follows it</translation>
    </message>
    <message>
        <source>不是网址</source>
        <translation>not a web address</translation>
    </message>
    <message>
        <source>标识与值不成对</source>
        <translation>identifiers and values do not come in pairs</translation>
    </message>
    <message>
        <source>GTIN 应为 {digits} 位数字, 不足在前面补 0</source>
        <translation>a GTIN has {digits} digit[s], with noughts in front</translation>
    </message>
    <message>
        <source>同一属性出现了两次</source>
        <translation>the same attribute comes twice</translation>
    </message>
    <message>
        <source>限定标识的顺序应为 22、10、21, 各最多一次; 235 只能单独出现</source>
        <translation>qualifiers come in the order 22, 10, 21, each once at most; 235 stands alone</translation>
    </message>
    <message>
        <source>({key}) 应为 1 至 {most} 个 GS1 允许的字符</source>
        <translation>({key}) has 1 to {most} character[s] that GS1 allows</translation>
    </message>
    <message>
        <source>({key}) 不能写在 ? 后面</source>
        <translation>({key}) must not stand behind the ?</translation>
    </message>
    <message>
        <source>({key}) 的日期应为 YYMMDD</source>
        <translation>({key}) takes a date as YYMMDD</translation>
    </message>
    <message>
        <source>百分号编码不完整</source>
        <translation>a percent code is incomplete</translation>
    </message>
    <message>
        <source>地址读不懂</source>
        <translation>the address cannot be read</translation>
    </message>
    <message>
        <source>百分号编码读不懂</source>
        <translation>a percent code cannot be read</translation>
    </message>
    <message>
        <source>「{text}」不是条码。</source>
        <translation>“{text}” is not a barcode.</translation>
    </message>
    <message>
        <source>条码是 8、12、13 或 14 位数字。</source>
        <translation>A barcode has 8, 12, 13 or 14 digits.</translation>
    </message>
    <message>
        <source>条码「{text}」的校验位应为 {right}, 不是 {given}。</source>
        <translation>The check digit of barcode “{text}” should be {right}, not {given}.</translation>
    </message>
    <message>
        <source>「{text}」不是整分的金额。</source>
        <translation>“{text}” is not an amount in whole cents.</translation>
    </message>
    <message>
        <source>最多两位小数。</source>
        <translation>At most two decimals.</translation>
    </message>
    <message>
        <source>「{text}」不是金额。</source>
        <translation>“{text}” is not an amount.</translation>
    </message>
    <message>
        <source>请输入如 429 或 429.50。</source>
        <translation>Please enter something like 429 or 429.50.</translation>
    </message>
    <message>
        <source>「{text}」不是手机号。</source>
        <translation>“{text}” is not a mobile number.</translation>
    </message>
    <message>
        <source>请输入 11 位手机号, 境外号码以 + 开头。</source>
        <translation>Please enter 11 digits; numbers from abroad begin with +.</translation>
    </message>
    <message>
        <source>「{text}」不是生日。</source>
        <translation>“{text}” is not a birthday.</translation>
    </message>
    <message>
        <source>「{pair}」不是 列=字段。</source>
        <translation>“{pair}” is not column=field.</translation>
    </message>
    <message>
        <source>例如 --map 联系方式=phone。</source>
        <translation>For example --map 联系方式=phone.</translation>
    </message>
    <message>
        <source>不认得币种「{text}」。</source>
        <translation>The currency “{text}” is unknown.</translation>
    </message>
    <message>
        <source>可用: {known}。</source>
        <translation>Possible: {known}.</translation>
    </message>
    <message>
        <source>金额是 {amount:f} 分, 不是整分。</source>
        <translation>The amount is {amount:f} fen, not a whole number of fen.</translation>
    </message>
    <message>
        <source>这一行比表头长, 可能有一格里的逗号没有加引号。</source>
        <translation>This row is longer than the header; perhaps a comma in a cell has no quotation marks around it.</translation>
    </message>
    <message>
        <source>「{source}」里没有认得的列。</source>
        <translation>“{source}” has no column that is known.</translation>
    </message>
    <message>
        <source>「{source}」里没有数据。</source>
        <translation>There is no data in “{source}”.</translation>
    </message>
    <message>
        <source>「{source}」缺少列「{missing}」。</source>
        <translation>“{source}” lacks the column “{missing}”.</translation>
    </message>
    <message>
        <source>这一格不能为空。</source>
        <translation>This cell must not be empty.</translation>
    </message>
    <message>
        <source>没有字段「{name}」。</source>
        <translation>There is no field “{name}”.</translation>
    </message>
    <message>
        <source>「{source}」里没有列「{title}」。</source>
        <translation>“{source}” has no column “{title}”.</translation>
    </message>
    <message>
        <source>现有: {columns}。</source>
        <translation>There are: {columns}.</translation>
    </message>
    <message>
        <source>有两列都指定为「{name}」。</source>
        <translation>Two columns are both meant to be “{name}”.</translation>
    </message>
    <message>
        <source>请只留一列。</source>
        <translation>Please keep only one of them.</translation>
    </message>
    <message>
        <source>压缩包内的文件数</source>
        <translation>files in the archive</translation>
    </message>
    <message>
        <source>解压后的字节数</source>
        <translation>bytes when unpacked</translation>
    </message>
    <message>
        <source>不常见编码的工作簿</source>
        <translation>a workbook in an unusual encoding</translation>
    </message>
    <message>
        <source>文字字节数</source>
        <translation>bytes of text</translation>
    </message>
    <message>
        <source>行数</source>
        <translation>rows</translation>
    </message>
    <message>
        <source>列数</source>
        <translation>columns</translation>
    </message>
    <message>
        <source>单元格数</source>
        <translation>cells</translation>
    </message>
    <message>
        <source>二进制工作簿 (XLSB)</source>
        <translation>a binary workbook (XLSB)</translation>
    </message>
    <message>
        <source>压缩包</source>
        <translation>an archive</translation>
    </message>
    <message>
        <source>一行的字节数</source>
        <translation>bytes in a row</translation>
    </message>
    <message>
        <source>「{source}」太大: {what}超过 {limit:,}。</source>
        <translation>“{source}” is too large: {what} beyond {limit:,}.</translation>
    </message>
    <message>
        <source>请拆成几个文件再导入。</source>
        <translation>Please split it into several files.</translation>
    </message>
    <message>
        <source>「{source}」已损坏或不完整: {why}</source>
        <translation>“{source}” is damaged or incomplete: {why}</translation>
    </message>
    <message>
        <source>请重新导出, 或另存为 XLSX 或 CSV。</source>
        <translation>Please export it again, or save it as XLSX or CSV.</translation>
    </message>
    <message>
        <source>「{source}」是{what}, 不是可导入的表格。</source>
        <translation>“{source}” is {what}, not a table that can be imported.</translation>
    </message>
    <message>
        <source>请另存为 XLSX 或 CSV。</source>
        <translation>Please save it as XLSX or CSV.</translation>
    </message>
    <message>
        <source>「{source}」有密码保护。</source>
        <translation>“{source}” is protected by a password.</translation>
    </message>
    <message>
        <source>请去掉密码后再导入。</source>
        <translation>Please take the password off, then import.</translation>
    </message>
    <message>
        <source>「{text}」不是性别。</source>
        <translation>“{text}” is not a sex.</translation>
    </message>
    <message>
        <source>请输入 男 或 女, 不知道就留空。</source>
        <translation>Please enter 男 or 女; leave it empty if unknown.</translation>
    </message>
    <message>
        <source>标签「{tag}」超过 {most} 个字。</source>
        <translation>The tag “{tag}” is longer than {most} character[s].</translation>
    </message>
    <message>
        <source>换一个短一些的标签。</source>
        <translation>Choose a shorter tag.</translation>
    </message>
    <message>
        <source>打不开「{path}」: {why}。</source>
        <translation>“{path}” cannot be opened: {why}.</translation>
    </message>
    <message>
        <source>请检查文件是否存在、是否被占用。</source>
        <translation>Please check that the file exists and is not in use.</translation>
    </message>
    <message>
        <source>文件的字节数</source>
        <translation>bytes of the file</translation>
    </message>
    <message>
        <source>第 {number} 行的列数</source>
        <translation>columns in row {number}</translation>
    </message>
    <message>
        <source>第 {number} 行一格的字数</source>
        <translation>characters in a cell of row {number}</translation>
    </message>
    <message>
        <source>同一张小票的其他行有问题。</source>
        <translation>Another row of the same receipt has a fault.</translation>
    </message>
    <message>
        <source>「{text}」不是小票种类。</source>
        <translation>“{text}” is not a kind of receipt.</translation>
    </message>
    <message>
        <source>请输入 销售 或 退货。</source>
        <translation>Please enter 销售 (sale) or 退货 (return).</translation>
    </message>
    <message>
        <source>这一行没有数量, 或者既没有金额也没有单价。</source>
        <translation>This row has no quantity, or neither an amount nor a unit price.</translation>
    </message>
    <message>
        <source>数量为零。</source>
        <translation>The quantity is zero.</translation>
    </message>
    <message>
        <source>数量和金额一正一负, 像是账务调整。</source>
        <translation>Quantity and amount have opposite signs, as in a bookkeeping entry.</translation>
    </message>
    <message>
        <source>数量为负而没有金额, 像是库存调整, 不是退货。</source>
        <translation>A negative quantity without an amount looks like a stock correction, not a return.</translation>
    </message>
    <message>
        <source>缺少列「金额」或「单价」。</source>
        <translation>The column “amount” or “unit price” is missing.</translation>
    </message>
    <message>
        <source>{order_no} 是账务调整, 不是小票。</source>
        <translation>{order_no} is a bookkeeping entry, not a receipt.</translation>
    </message>
    <message>
        <source>这一行没有商品: 品名、编码和条码都是空的。</source>
        <translation>This row has no article: name, code and barcode are all empty.</translation>
    </message>
    <message>
        <source>同一单号有两个不同的「{column}」。</source>
        <translation>One receipt number has two different values of “{column}”.</translation>
    </message>
    <message>
        <source>写不了文件 {out}: {why}。</source>
        <translation>The file {out} cannot be written: {why}.</translation>
    </message>
    <message>
        <source>请换一个位置。</source>
        <translation>Please choose another place.</translation>
    </message>
    <message>
        <source>「{name}」不是 UTF-8 也不是 GB18030 编码{may_be}。</source>
        <translation>“{name}” is neither UTF-8 nor GB18030{may_be}.</translation>
    </message>
    <message>
        <source>请指定编码, 或在 Excel 中另存为「CSV UTF-8」或 XLSX。</source>
        <translation>Please name the encoding, or save it in Excel as “CSV UTF-8” or XLSX.</translation>
    </message>
    <message>
        <source>「{separator}」不是分隔符。</source>
        <translation>“{separator}” is not a separator.</translation>
    </message>
    <message>
        <source>可用: 逗号、制表符、分号、竖线。</source>
        <translation>Possible: comma, tab, semicolon, vertical bar.</translation>
    </message>
    <message>
        <source>, 可能是 {guess}</source>
        <translation>, perhaps {guess}</translation>
    </message>
    <message>
        <source>网页或 XML (有些系统导出的 .xls 就是网页)</source>
        <translation>a web page or XML (what some systems export as .xls is a web page)</translation>
    </message>
    <message>
        <source>二进制文件</source>
        <translation>a binary file</translation>
    </message>
    <message>
        <source>没有叫「{codec}」的文字编码。</source>
        <translation>There is no text encoding called “{codec}”.</translation>
    </message>
    <message>
        <source>可用如 utf-8、gb18030、utf-16。</source>
        <translation>Possible are utf-8, gb18030, utf-16 and others.</translation>
    </message>
    <message>
        <source>「{name}」第 {line} 行附近有不是 {codec} 编码的字。</source>
        <translation>“{name}” has characters near line {line} that are not {codec}.</translation>
    </message>
    <message>
        <source>请另存为「CSV UTF-8」。</source>
        <translation>Please save it as “CSV UTF-8”.</translation>
    </message>
    <message>
        <source>「{name}」第 {line} 行起引号没有配对, 或一格太长 ({why})。</source>
        <translation>“{name}”: from line {line} on a quotation mark has no partner, or a cell is too long ({why}).</translation>
    </message>
    <message>
        <source>请检查这一行的引号。</source>
        <translation>Please check the quotation marks of this line.</translation>
    </message>
    <message>
        <source>「{text}」不是「是」或「否」。</source>
        <translation>“{text}” is neither 是 (yes) nor 否 (no).</translation>
    </message>
    <message>
        <source>有 {count} 个字, 最多 {most} 个。</source>
        <translation>{count} character[s]; at most {most} are possible.</translation>
    </message>
    <message>
        <source>含有看不见的控制字符。</source>
        <translation>It holds invisible control characters.</translation>
    </message>
    <message>
        <source>请删去后重填。</source>
        <translation>Please delete them and enter it again.</translation>
    </message>
    <message>
        <source>「{value}」被 Excel 变成了科学计数法, 后面的数字已经丢失。</source>
        <translation>Excel turned “{value}” into scientific notation; the last digits are lost.</translation>
    </message>
    <message>
        <source>请把该列设为文本后重填。</source>
        <translation>Please format the column as text and fill it in again.</translation>
    </message>
    <message>
        <source>「{text}」不是整数。</source>
        <translation>“{text}” is not a whole number.</translation>
    </message>
    <message>
        <source>请输入如 12。</source>
        <translation>Please enter something like 12.</translation>
    </message>
    <message>
        <source>「{text}」不是日期。</source>
        <translation>“{text}” is not a date.</translation>
    </message>
    <message>
        <source>请输入如 2026-11-20 或 2026-11-20 08:30。</source>
        <translation>Please enter something like 2026-11-20 or 2026-11-20 08:30.</translation>
    </message>
    <message>
        <source>「{source}」里没有工作表「{name}」。</source>
        <translation>“{source}” has no sheet “{name}”.</translation>
    </message>
    <message>
        <source>现有: {have}。</source>
        <translation>There are: {have}.</translation>
    </message>
    <message>
        <source>旧版 .xls 的字节数</source>
        <translation>bytes of an old .xls</translation>
    </message>
    <message>
        <source>这个活动已经结束或撤下。</source>
        <translation>This campaign has ended or was withdrawn.</translation>
    </message>
    <message>
        <source>请选另一个活动。</source>
        <translation>Please choose another campaign.</translation>
    </message>
    <message>
        <source>没有这个规格的商品。</source>
        <translation>There is no article of this size and colour.</translation>
    </message>
    <message>
        <source>请重新扫码。</source>
        <translation>Please scan again.</translation>
    </message>
    <message>
        <source>「{name}」不在私域渠道销售, 不能分享。</source>
        <translation>“{name}” is not sold in private channels and cannot be shared.</translation>
    </message>
    <message>
        <source>按名称查找, 或先同步。</source>
        <translation>Look it up by name, or sync first.</translation>
    </message>
    <message>
        <source>条码的校验位不对, 请再扫一次或核对数字。</source>
        <translation>The check digit of the barcode is wrong; please scan again or compare the digits.</translation>
    </message>
    <message>
        <source>没有货号或条码为「{code}」的商品。</source>
        <translation>No product has the code or barcode “{code}”.</translation>
    </message>
    <message>
        <source>没有这件商品。</source>
        <translation>There is no such product.</translation>
    </message>
    <message>
        <source>按货号、名称或条码查找。</source>
        <translation>Look it up by code, name or barcode.</translation>
    </message>
    <message>
        <source>件数、时间或门店不对。</source>
        <translation>The pieces, the time or the store are not right.</translation>
    </message>
    <message>
        <source>1 到 {most} 件, 最长 7 天。</source>
        <translation>1 to {most} piece[s], for at most 7 days.</translation>
    </message>
    <message>
        <source>本店没有这么多可以留。</source>
        <translation>The store has not so many pieces to keep.</translation>
    </message>
    <message>
        <source>减少件数, 或向别的门店调货。</source>
        <translation>Take fewer pieces, or ask another store for them.</translation>
    </message>
    <message>
        <source>没有这个留货或调货, 或已经过期。</source>
        <translation>There is no such kept or transferred piece, or its time is over.</translation>
    </message>
    <message>
        <source>现在不能这样答复。</source>
        <translation>It cannot be answered like this now.</translation>
    </message>
    <message>
        <source>由有货门店的店长同意, 由提出的门店取消。</source>
        <translation>The manager of the store that has it agrees; the store that asked takes it back or receives it.</translation>
    </message>
    <message>
        <source>已接入总部, 但本店还没有设好 PIN 的导购。</source>
        <translation>Connected to head office, but no guide of this store has a PIN yet.</translation>
    </message>
    <message>
        <source>请店长设好 PIN, 再点一次「接入总部」。</source>
        <translation>Please have the manager set the PINs, then choose “Connect” once more.</translation>
    </message>
    <message>
        <source>还没有选择导购。</source>
        <translation>No guide has been chosen yet.</translation>
    </message>
    <message>
        <source>请选择自己并输入 PIN。</source>
        <translation>Please choose yourself and enter your PIN.</translation>
    </message>
    <message>
        <source>没有这一件购买记录。</source>
        <translation>There is no such purchased piece.</translation>
    </message>
    <message>
        <source>请从她的购买记录里选。</source>
        <translation>Please choose from her purchases.</translation>
    </message>
    <message>
        <source>没有写是什么售后。</source>
        <translation>What kind of care it is was not written.</translation>
    </message>
    <message>
        <source>例如「换鞋跟」。</source>
        <translation>For example “new heels”.</translation>
    </message>
    <message>
        <source>保修要有截止日期。</source>
        <translation>A warranty needs its last day.</translation>
    </message>
    <message>
        <source>请填保到哪一天。</source>
        <translation>Please enter until which day the warranty runs.</translation>
    </message>
    <message>
        <source>约好的日子已经过了。</source>
        <translation>The agreed day is over.</translation>
    </message>
    <message>
        <source>请填今天或以后的日子。</source>
        <translation>Please enter today or a later day.</translation>
    </message>
    <message>
        <source>这位客户没有买过这一件。</source>
        <translation>This client has not bought this piece.</translation>
    </message>
    <message>
        <source>没有写是给谁买的。</source>
        <translation>For whom it was bought was not written.</translation>
    </message>
    <message>
        <source>例如「女儿」。</source>
        <translation>For example “her daughter”.</translation>
    </message>
    <message>
        <source>「{name}」没有选项「{text}」。</source>
        <translation>“{name}” has no choice “{text}”.</translation>
    </message>
    <message>
        <source>请从列表里选。</source>
        <translation>Please choose from the list.</translation>
    </message>
    <message>
        <source>「{name}」只能是「是」或「否」。</source>
        <translation>“{name}” is either 是 (yes) or 否 (no).</translation>
    </message>
    <message>
        <source>「{name}」的数字「{text}」不合常理。</source>
        <translation>“{text}” is beyond reason for “{name}”.</translation>
    </message>
    <message>
        <source>请核对。</source>
        <translation>Please check it.</translation>
    </message>
    <message>
        <source>「{name}」是敏感信息, 要先得到客户的单独同意 (个人信息保护法第二十九条)。</source>
        <translation>“{name}” is sensitive: the client&apos;s separate consent comes first (Personal Information Protection Law, art. 29).</translation>
    </message>
    <message>
        <source>先记下她的同意, 再写答案。</source>
        <translation>Note her consent first, then write the answer.</translation>
    </message>
    <message>
        <source>「{name}」要写数字, 不是「{text}」。</source>
        <translation>“{name}” takes a number, not “{text}”.</translation>
    </message>
    <message>
        <source>例如 24.5。</source>
        <translation>For example 24.5.</translation>
    </message>
    <message>
        <source>「{field}」要写日期, 不是「{text}」。</source>
        <translation>“{field}” takes a date, not “{text}”.</translation>
    </message>
    <message>
        <source>例如 2026-11-22。</source>
        <translation>For example 2026-11-22.</translation>
    </message>
    <message>
        <source>总部没有这个字段。</source>
        <translation>Head office has no such field.</translation>
    </message>
    <message>
        <source>请同步后再看。</source>
        <translation>Please look again after a sync.</translation>
    </message>
    <message>
        <source>「{name}」只有专属导购能看能写。</source>
        <translation>“{name}” is seen and written by the dedicated guide only.</translation>
    </message>
    <message>
        <source>请交给她来写。</source>
        <translation>Please leave it to her.</translation>
    </message>
    <message>
        <source>平年没有 2 月 29 日, 过 2 月 28 日</source>
        <translation>No 29 February in a common year: kept on the 28th</translation>
    </message>
    <message>
        <source>这年的这个月只有 29 天, 过廿九</source>
        <translation>The month has only 29 days this year: kept on day 29</translation>
    </message>
    <message>
        <source>这年没有这个闰月, 过平月</source>
        <translation>No such leap month this year: kept in the ordinary month</translation>
    </message>
    <message>
        <source>这年没有这个闰月, 平月也只有 29 天, 过廿九</source>
        <translation>No such leap month this year, and the ordinary one has only 29 days: kept on day 29</translation>
    </message>
    <message>
        <source>这年有这个闰月, 过闰月</source>
        <translation>The year has the leap month: kept in it</translation>
    </message>
    <message>
        <source>日子至少要有月份。</source>
        <translation>A date needs at least a month.</translation>
    </message>
    <message>
        <source>不知道哪一天时, 日可以留空。</source>
        <translation>The day may stay empty when it is unknown.</translation>
    </message>
    <message>
        <source>{month} 月没有 {day} 日。</source>
        <translation>Month {month} has no day {day}.</translation>
    </message>
    <message>
        <source>请核对历法、月和日。</source>
        <translation>Please check calendar, month and day.</translation>
    </message>
    <message>
        <source>不满十四周岁儿童的生日, 要先得到监护人同意 (个人信息保护法第三十一条)。</source>
        <translation>The birthday of a child under fourteen needs a guardian&apos;s consent first (Personal Information Protection Law, art. 31).</translation>
    </message>
    <message>
        <source>问过家长并得到同意后, 勾选「监护人已同意」再保存。</source>
        <translation>Ask the parents; once they agree, tick “A guardian consented” and save again.</translation>
    </message>
    <message>
        <source>亲密名单最多 {most} 位, 已经满了。</source>
        <translation>The close list holds at most {most} client[s] and is full.</translation>
    </message>
    <message>
        <source>先移出一位, 最久没有联系的是 {names}。</source>
        <translation>Take one off first; longest without contact: {names}.</translation>
    </message>
    <message>
        <source>没有编号为 {id} 的客户。</source>
        <translation>No client has the number {id}.</translation>
    </message>
    <message>
        <source>先用 clients search 找到客户。</source>
        <translation>Look the client up by name or phone first.</translation>
    </message>
    <message>
        <source>合并时不能这样选 {name}。</source>
        <translation>{name} cannot be chosen like this in a merge.</translation>
    </message>
    <message>
        <source>可选姓名、手机、微信、性别、生日、尺码、偏好、备注等, 且要有内容。</source>
        <translation>Name, phone, WeChat, sex, birthday, sizes, preference, remark and others can be chosen, if they have content.</translation>
    </message>
    <message>
        <source>这两条已经是同一位客户。</source>
        <translation>These two are one client already.</translation>
    </message>
    <message>
        <source>请选另一位。</source>
        <translation>Please choose another one.</translation>
    </message>
    <message>
        <source>两位客户不在同一家门店。</source>
        <translation>The two clients are not in the same store.</translation>
    </message>
    <message>
        <source>先办理转店, 再合并。</source>
        <translation>Move one of them to the other store first, then merge.</translation>
    </message>
    <message>
        <source>{name} 没有并入别的客户。</source>
        <translation>{name} was not merged into another client.</translation>
    </message>
    <message>
        <source>guide clients merges 列出可撤销的合并。</source>
        <translation>Look in the client&apos;s history for merges that can be undone.</translation>
    </message>
    <message>
        <source>客户要有姓名或称呼。</source>
        <translation>A client needs a name or a form of address.</translation>
    </message>
    <message>
        <source>例如「陈女士」。</source>
        <translation>For example “Ms Chen”.</translation>
    </message>
    <message>
        <source>全部客户 (含归档) 只给店长看。</source>
        <translation>Only the manager sees all clients, archived ones too.</translation>
    </message>
    <message>
        <source>请选我的或本店。</source>
        <translation>Please choose mine, or the store&apos;s.</translation>
    </message>
    <message>
        <source>和 {name} 已经是这个关系。</source>
        <translation>{name} is related in this way already.</translation>
    </message>
    <message>
        <source>不用再加一次。</source>
        <translation>There is no need to add it again.</translation>
    </message>
    <message>
        <source>关系人要有姓名, 或者是书里的客户。</source>
        <translation>A relative needs a name, or has to be a client in the book.</translation>
    </message>
    <message>
        <source>例如「女儿 豆豆」。</source>
        <translation>For example “her daughter Doudou”.</translation>
    </message>
    <message>
        <source>不能把客户和她自己连起来。</source>
        <translation>A client cannot be related to herself.</translation>
    </message>
    <message>
        <source>手机号 {phone} 已在本店客户「{name}」名下。</source>
        <translation>The mobile number {phone} belongs to “{name}”, a client of this store.</translation>
    </message>
    <message>
        <source>请打开那位客户。</source>
        <translation>Please open that client.</translation>
    </message>
    <message>
        <source>备注没有内容。</source>
        <translation>The note is empty.</translation>
    </message>
    <message>
        <source>写一句话再保存。</source>
        <translation>Write a sentence, then save.</translation>
    </message>
    <message>
        <source>没有写抹除的原因。</source>
        <translation>The reason for the erasure was not written.</translation>
    </message>
    <message>
        <source>例如「客户本人要求」。</source>
        <translation>For example “asked for by the client”.</translation>
    </message>
    <message>
        <source>客户没有字段 {names}。</source>
        <translation>A client has no field {names}.</translation>
    </message>
    <message>
        <source>请核对字段名。</source>
        <translation>Please check the names of the fields.</translation>
    </message>
    <message>
        <source>{name} 已拒绝联系。</source>
        <translation>{name} does not want to be contacted.</translation>
    </message>
    <message>
        <source>只有客户本人可以重新同意。</source>
        <translation>Only the client herself can consent again.</translation>
    </message>
    <message>
        <source>转店由店长办理。</source>
        <translation>Moving a client to another store is for the manager.</translation>
    </message>
    <message>
        <source>请店长登录后再办。</source>
        <translation>Please have the manager sign in.</translation>
    </message>
    <message>
        <source>没有写转店的原因。</source>
        <translation>The reason for the move was not written.</translation>
    </message>
    <message>
        <source>例如「客户搬家」。</source>
        <translation>For example “the client moved house”.</translation>
    </message>
    <message>
        <source>没有要转入的另一家门店。</source>
        <translation>There is no other store to move to.</translation>
    </message>
    <message>
        <source>没有跟进状态「{state}」。</source>
        <translation>There is no follow-up state “{state}”.</translation>
    </message>
    <message>
        <source>没有写原因。</source>
        <translation>The reason was not written.</translation>
    </message>
    <message>
        <source>例如「鞋底开胶, 等厂家回复」。</source>
        <translation>For example “the sole came off, waiting for the maker”.</translation>
    </message>
    <message>
        <source>停止服务由店长解除。</source>
        <translation>Only the manager lifts a block.</translation>
    </message>
    <message>
        <source>一位客户最多 {most} 个标签。</source>
        <translation>A client has at most {most} tag[s].</translation>
    </message>
    <message>
        <source>先去掉不用的标签。</source>
        <translation>Take off tags that are not used first.</translation>
    </message>
    <message>
        <source>这句话里有{title} (「{word}」), 门店不能记录 ({article})。</source>
        <translation>This says something of the class {title} (“{word}”), which a store may not keep ({article}).</translation>
    </message>
    <message>
        <source>删掉这一处再保存。</source>
        <translation>Take it out and save again.</translation>
    </message>
    <message>
        <source>这句话里有{title} (「{word}」), 须先取得{whose} ({article})。</source>
        <translation>This says something of the class {title} (“{word}”), which needs {whose} first ({article}).</translation>
    </message>
    <message>
        <source>先在「联系意愿」里登记同意, 或删掉这一处再保存。</source>
        <translation>File the consent under her contact wishes first, or take it out and save again.</translation>
    </message>
    <message>
        <source>标签「{text}」涉及{title} (「{word}」), 不能记录 ({article})。</source>
        <translation>The tag “{text}” touches on {title} (“{word}”) and must not be kept ({article}).</translation>
    </message>
    <message>
        <source>请换成与商品有关的说法。</source>
        <translation>Please use words about the goods instead.</translation>
    </message>
    <message>
        <source>标签「{text}」涉及{title} (「{word}」), 须先取得{whose} ({article})。</source>
        <translation>The tag “{text}” touches on {title} (“{word}”): {whose} comes first ({article}).</translation>
    </message>
    <message>
        <source>先登记同意, 再打标签。</source>
        <translation>Note the consent first, then set the tag.</translation>
    </message>
    <message>
        <source>标签「{name}」要有 1 到 {most} 个字。</source>
        <translation>The tag “{name}” must have 1 to {most} character[s].</translation>
    </message>
    <message>
        <source>标签组「{group}」最多 {most} 个字。</source>
        <translation>The tag group “{group}” has at most {most} character[s].</translation>
    </message>
    <message>
        <source>换一个短一些的组名。</source>
        <translation>Choose a shorter name for the group.</translation>
    </message>
    <message>
        <source>标签的到期日已经过去。</source>
        <translation>The last day of the tag is over.</translation>
    </message>
    <message>
        <source>请选今天以后的日子。</source>
        <translation>Please choose a day after today.</translation>
    </message>
    <message>
        <source>总部没有开放标签「{name}」。</source>
        <translation>Head office does not offer the tag “{name}”.</translation>
    </message>
    <message>
        <source>请从标签列表里选。</source>
        <translation>Please choose from the list of tags.</translation>
    </message>
    <message>
        <source>监护人的同意</source>
        <translation>a guardian&apos;s consent</translation>
    </message>
    <message>
        <source>客户的单独同意</source>
        <translation>the client&apos;s separate consent</translation>
    </message>
    <message>
        <source>这位客户没有标签「{name}」。</source>
        <translation>This client has no tag “{name}”.</translation>
    </message>
    <message>
        <source>没有写想要什么。</source>
        <translation>What she wishes for was not written.</translation>
    </message>
    <message>
        <source>例如「38 码黑色乐福鞋」, 或扫一下商品。</source>
        <translation>For example “black loafers, size 38”, or scan a product.</translation>
    </message>
    <message>
        <source>{why}, 现在不能发。</source>
        <translation>{why}; it cannot be given out now.</translation>
    </message>
    <message>
        <source>连上网同步一次会领到新额度; 或换一种券。</source>
        <translation>Go online and sync once to receive a new allotment, or choose another coupon.</translation>
    </message>
    <message>
        <source>本机还没有这批券的额度</source>
        <translation>There is no allotment of this coupon on this PC yet</translation>
    </message>
    <message>
        <source>这批券的额度已到期</source>
        <translation>The allotment of this coupon has run out of time</translation>
    </message>
    <message>
        <source>这批券的额度已用完</source>
        <translation>The allotment of this coupon is used up</translation>
    </message>
    <message>
        <source>这张券正放在另一张未结的单里。</source>
        <translation>This coupon lies in another unpaid bill.</translation>
    </message>
    <message>
        <source>先结掉或取消那张单。</source>
        <translation>Settle or cancel that bill first.</translation>
    </message>
    <message>
        <source>{why}, 不能再离线核销。</source>
        <translation>{why}; no more can be redeemed offline.</translation>
    </message>
    <message>
        <source>单号有 {n} 个字符, 最多 {most} 个。</source>
        <translation>The order number has {n} character[s]; at most {most} are possible.</translation>
    </message>
    <message>
        <source>请核对单号; 扫到了别的条码就重新输入。</source>
        <translation>Check the order number; if another bar code was scanned, type it.</translation>
    </message>
    <message>
        <source>这张单有 {n} 行商品, 用券的单最多 {most} 行。</source>
        <translation>This bill has {n} line[s]; with coupons at most {most} are possible.</translation>
    </message>
    <message>
        <source>请分成两张单, 把要用券的商品放在一张里。</source>
        <translation>Split it into two bills, the goods with coupons on one of them.</translation>
    </message>
    <message>
        <source>这张单放了 {n} 张券, 一张单最多 {most} 张。</source>
        <translation>There are {n} coupon[s] on this bill; at most {most} are possible.</translation>
    </message>
    <message>
        <source>请拿掉几张, 留下最省的。</source>
        <translation>Take some off and keep those that save most.</translation>
    </message>
    <message>
        <source>单里有退货或负数的金额, 不能用券。</source>
        <translation>The bill has returned goods or a negative amount; no coupon can be used.</translation>
    </message>
    <message>
        <source>退货请另开退货单, 再用券结这张单。</source>
        <translation>Make a return of its own first, then use the coupon on this bill.</translation>
    </message>
    <message>
        <source>这张单的金额太大, 不能用券。</source>
        <translation>The amount of this bill is too great for a coupon.</translation>
    </message>
    <message>
        <source>请核对金额有没有多输几位。</source>
        <translation>Check the amount for extra digits.</translation>
    </message>
    <message>
        <source>连上网同步一次, 就能继续核销。</source>
        <translation>Go online and sync once; then redeeming goes on.</translation>
    </message>
    <message>
        <source>离线核销的张数已用完</source>
        <translation>The number of coupons redeemable offline is used up</translation>
    </message>
    <message>
        <source>离线核销的金额只剩 {amount}</source>
        <translation>Only {amount} of discount can be redeemed offline</translation>
    </message>
    <message>
        <source>离总部上次联系太久</source>
        <translation>The last contact with head office is too long ago</translation>
    </message>
    <message>
        <source>这批券已召回</source>
        <translation>Head office has recalled these coupons</translation>
    </message>
    <message>
        <source>不能在本店用</source>
        <translation>It cannot be used in this store</translation>
    </message>
    <message>
        <source>不能在这个渠道用</source>
        <translation>It cannot be used in this channel</translation>
    </message>
    <message>
        <source>她的会员等级不能用</source>
        <translation>Her member level cannot use it</translation>
    </message>
    <message>
        <source>只给第一次购买的客户用</source>
        <translation>For first purchases only</translation>
    </message>
    <message>
        <source>单里没有适用的商品</source>
        <translation>Nothing on the bill that it is for</translation>
    </message>
    <message>
        <source>单里没有要兑换的商品</source>
        <translation>The gift is not on the bill</translation>
    </message>
    <message>
        <source>单里没有运费</source>
        <translation>There is no delivery fee on the bill</translation>
    </message>
    <message>
        <source>正放在另一张未结的单里</source>
        <translation>It lies in another unpaid bill</translation>
    </message>
    <message>
        <source>只能由领券的客户本人用</source>
        <translation>Only the customer who claimed it can use it</translation>
    </message>
    <message>
        <source>只能由领券的客户本人用; 这张券是在别的门店领的, 本机不知道是不是她: 请她在自己手机上打开券页, 是她本人就先取消选客户再核销</source>
        <translation>Only the customer who claimed it can use it. It was claimed in another store, so this PC cannot tell whether that was her: have her open the coupon on her own phone; if it is hers, redeem without choosing a client</translation>
    </message>
    <message>
        <source>这张券已由总部作废</source>
        <translation>Head office has recalled this coupon</translation>
    </message>
    <message>
        <source>发这张券的额度已停用 (电脑报失或额度召回), 总部没有登记过这张券; 导购可以另发一张给她</source>
        <translation>The allotment it came from has ended (a lost PC, or a recall), and head office has never seen this coupon; a guide can give her a new one</translation>
    </message>
    <message>
        <source>券「{name}」减多少要看这张单, 没有金额不能核销。</source>
        <translation>What coupon “{name}” takes off depends on the bill; it cannot be redeemed without an amount.</translation>
    </message>
    <message>
        <source>请输入这张单的金额, 再核销。</source>
        <translation>Enter the amount of the bill, then redeem.</translation>
    </message>
    <message>
        <source>这张券写的期限、金额或持券人超出了总部给的额度, 不能核销。</source>
        <translation>The time, amount or holder that this coupon states goes beyond what head office allowed; it cannot be redeemed.</translation>
    </message>
    <message>
        <source>先同步一次再扫; 仍不行就不要收, 把券号告诉总部。</source>
        <translation>Sync once and scan again; if that does not help, do not take it, and tell head office its number.</translation>
    </message>
    <message>
        <source>这张券还没到使用时间, {day} 起可用</source>
        <translation>Not yet: usable from {day}</translation>
    </message>
    <message>
        <source>「{name}」不收照片。</source>
        <translation>“{name}” takes no photo.</translation>
    </message>
    <message>
        <source>请写文字。</source>
        <translation>Write words.</translation>
    </message>
    <message>
        <source>「{name}」要一张照片。</source>
        <translation>“{name}” asks for a photo.</translation>
    </message>
    <message>
        <source>请选图片文件或粘贴。</source>
        <translation>Choose a picture file, or paste one.</translation>
    </message>
    <message>
        <source>「{name}」的照片已不在了。</source>
        <translation>The photo of “{name}” is gone.</translation>
    </message>
    <message>
        <source>请再选一次。</source>
        <translation>Choose it again.</translation>
    </message>
    <message>
        <source>这一处没有导入; 登记同意后, 请在她的资料里补写。</source>
        <translation>This was not imported; add it to her record once the consent is noted.</translation>
    </message>
    <message>
        <source>券「{name}」已核销, 不能再转赠。</source>
        <translation>The coupon “{name}” has been redeemed and cannot be given on.</translation>
    </message>
    <message>
        <source>可以给她的朋友另发一张。</source>
        <translation>You can give the friend a coupon of their own.</translation>
    </message>
    <message>
        <source>券「{name}」已作废, 不能转赠。</source>
        <translation>The coupon “{name}” is void and cannot be given on.</translation>
    </message>
    <message>
        <source>券「{name}」已由总部召回, 不能转赠。</source>
        <translation>Head office has recalled the coupon “{name}”; it cannot be given on.</translation>
    </message>
    <message>
        <source>换一批券发给她的朋友。</source>
        <translation>Give the friend a coupon of another batch.</translation>
    </message>
    <message>
        <source>券「{name}」已过期, 不能转赠。</source>
        <translation>The coupon “{name}” has expired and cannot be given on.</translation>
    </message>
    <message>
        <source>券「{name}」只限领券的客户本人用, 不能转赠。</source>
        <translation>The coupon “{name}” is for the client who took it alone and cannot be given on.</translation>
    </message>
    <message>
        <source>券「{name}」已转赠过一次, 现在只限 {holder} 本人用。</source>
        <translation>The coupon “{name}” has been given on once; it is for {holder} alone now.</translation>
    </message>
    <message>
        <source>一张券只能转赠一次; 可以另发一张。</source>
        <translation>A coupon can be given on once; you can issue another one.</translation>
    </message>
    <message>
        <source>请选另一位客户; 同一个手机号的记录是同一个人。</source>
        <translation>Choose another client; records with one phone number are one person.</translation>
    </message>
    <message>
        <source>{giver} 转赠的「{name}」已到上限 ({n} 张)。</source>
        <translation>{giver} has given on as many “{name}” as one may ({n}).</translation>
    </message>
    <message>
        <source>其余的请她本人来用。</source>
        <translation>The others are for her own use.</translation>
    </message>
    <message>
        <source>{receiver} 受赠的「{name}」已到上限 ({n} 张)。</source>
        <translation>{receiver} has been given as many “{name}” as one may ({n}).</translation>
    </message>
    <message>
        <source>请转赠给别人, 或她本人来用。</source>
        <translation>Give it to somebody else, or let the client use it.</translation>
    </message>
    <message>
        <source>只在{days}可用</source>
        <translation>Usable on {days} only</translation>
    </message>
    <message>
        <source>只在 {begins} 到 {ends} 可用</source>
        <translation>Usable from {begins} to {ends} only</translation>
    </message>
    <message>
        <source>还差 {n} 件</source>
        <translation>pieces still needed: {n}</translation>
    </message>
    <message>
        <source>作废名单的签名验不过, 不能离线核销。</source>
        <translation>The signature of the recall list does not hold; nothing can be redeemed offline.</translation>
    </message>
    <message>
        <source>请先同步; 仍不行就告诉总部。</source>
        <translation>Please sync first; if that does not help, tell head office.</translation>
    </message>
    <message>
        <source>签名是真的, 但本机还没有这批券的规则。</source>
        <translation>The signature is genuine, but the rules of this coupon are not on this PC yet.</translation>
    </message>
    <message>
        <source>先同步一次再核销。</source>
        <translation>Sync once, then redeem.</translation>
    </message>
    <message>
        <source>这张券的签名验不过, 不是真券或没有拍全。</source>
        <translation>The signature of this coupon does not hold: it is not genuine, or it was not captured whole.</translation>
    </message>
    <message>
        <source>请客户重新打开券, 整个二维码再扫一次。</source>
        <translation>Please have the client open the coupon again, and scan the whole QR code.</translation>
    </message>
    <message>
        <source>「{text}」不是券码, 有字符打错了。</source>
        <translation>“{text}” is not a coupon code; a character was mistyped.</translation>
    </message>
    <message>
        <source>请重新扫码或核对 14 位券码。</source>
        <translation>Please scan again, or compare the 14 characters.</translation>
    </message>
    <message>
        <source>本机还没有券 {code}。</source>
        <translation>The coupon {code} is not on this PC yet.</translation>
    </message>
    <message>
        <source>请扫客户手机上的二维码 (不联网也能验); 只有 14 位券码时, 要联网由总部来认。</source>
        <translation>Scan the QR code on her phone (works offline). The 14 characters alone need network.</translation>
    </message>
    <message>
        <source>这台电脑问总部的券码太多了。</source>
        <translation>This PC has asked head office about too many coupon codes.</translation>
    </message>
    <message>
        <source>请扫客户手机上的二维码, 或过十分钟再输入券码。</source>
        <translation>Scan the QR code on the client&apos;s phone, or type the code again in ten minutes.</translation>
    </message>
    <message>
        <source>券「{name}」不能核销: {reasons}。</source>
        <translation>The coupon “{name}” cannot be redeemed: {reasons}.</translation>
    </message>
    <message>
        <source>请核对券和订单。</source>
        <translation>Please check the coupon and the order.</translation>
    </message>
    <message>
        <source>{names} 不能在一张单上同用。</source>
        <translation>{names} cannot be used on one bill.</translation>
    </message>
    <message>
        <source>只留下更省的那一张。</source>
        <translation>Keep only the one that saves more.</translation>
    </message>
    <message>
        <source>没有正在发放的券「{template}」。</source>
        <translation>No coupon “{template}” is being given out.</translation>
    </message>
    <message>
        <source>用券名、编号或 ID。</source>
        <translation>Use the coupon&apos;s name, number or ID.</translation>
    </message>
    <message>
        <source>这位客户已领过「{name}」。</source>
        <translation>This client has claimed “{name}” already.</translation>
    </message>
    <message>
        <source>换一种券。</source>
        <translation>Choose another coupon.</translation>
    </message>
    <message>
        <source>不能发券</source>
        <translation>no coupon can be given</translation>
    </message>
    <message>
        <source>{name} 已拒绝联系, 不能发券。</source>
        <translation>{name} has refused contact; no coupon can be issued.</translation>
    </message>
    <message>
        <source>只有客户本人可以重新同意; 她仍可扫码自己领券。</source>
        <translation>Only the client can agree again; scanning a code to take a coupon still works.</translation>
    </message>
    <message>
        <source>不能收转赠的券</source>
        <translation>cannot be given a coupon</translation>
    </message>
    <message>
        <source>{name} 已拒绝联系, 不能把券转到她名下。</source>
        <translation>{name} has refused contact; the coupon cannot be put in that name.</translation>
    </message>
    <message>
        <source>这批券谁拿来都能用: 请客户自己把券给她看。</source>
        <translation>Whoever brings a coupon of this batch may use it: the client can simply show it to the friend.</translation>
    </message>
    <message>
        <source>没有手机号, 也没有微信号。</source>
        <translation>Neither a mobile number nor a WeChat name.</translation>
    </message>
    <message>
        <source>至少要有一个, 否则会重复建档。</source>
        <translation>One of them is needed; otherwise clients would be entered twice.</translation>
    </message>
    <message>
        <source>缺少列「手机号」或「微信」。</source>
        <translation>The column “mobile number” or “WeChat” is missing.</translation>
    </message>
    <message>
        <source>「{name}」里没有数据。</source>
        <translation>There is no data in “{name}”.</translation>
    </message>
    <message>
        <source>不完整的 JSON</source>
        <translation>incomplete JSON</translation>
    </message>
    <message>
        <source>客户本里没有这位顾客, 先导入客户。</source>
        <translation>This customer is not in the book; import the clients first.</translation>
    </message>
    <message>
        <source>没有写明顾客的手机号或会员号。</source>
        <translation>Neither the customer&apos;s mobile number nor the member number is given.</translation>
    </message>
    <message>
        <source>这个单号已在客户本里, 内容不同。</source>
        <translation>This receipt number is in the book already, with other content.</translation>
    </message>
    <message>
        <source>没有工号「{number}」。</source>
        <translation>No guide has the number “{number}”.</translation>
    </message>
    <message>
        <source>不满 {age} 岁, 须先取得监护人的同意 (个人信息保护法第 28、31 条)。</source>
        <translation>Under {age} year[s] of age: the guardian’s consent comes first (PIPL arts. 28, 31).</translation>
    </message>
    <message>
        <source>请不要为孩子建档; 可以记在家长的重要日子里。</source>
        <translation>Keep no record for a child; note the day among the parent’s dates.</translation>
    </message>
    <message>
        <source>这张名片没有结束 (END:VCARD)。</source>
        <translation>This card has no end (END:VCARD).</translation>
    </message>
    <message>
        <source>文件可能不完整, 请重新导出。</source>
        <translation>The file may be incomplete; please export it again.</translation>
    </message>
    <message>
        <source>「{name}」不是 {codec} 编码。</source>
        <translation>“{name}” is not in {codec}.</translation>
    </message>
    <message>
        <source>请指定编码。</source>
        <translation>Please name the encoding.</translation>
    </message>
    <message>
        <source>「{name}」不和本品牌的券同用。</source>
        <translation>“{name}” does not go with coupons of our own.</translation>
    </message>
    <message>
        <source>先把本品牌的券拿下来, 或改用它们。</source>
        <translation>Take our own coupons off the bill first, or use those instead.</translation>
    </message>
    <message>
        <source>只有店长能替别的导购做海报。</source>
        <translation>Only a store manager can make posters for other guides.</translation>
    </message>
    <message>
        <source>请店长本人登录, 或只做自己的。</source>
        <translation>Ask the store manager to sign in, or make only your own.</translation>
    </message>
    <message>
        <source>本店没有工号 {number} 的导购。</source>
        <translation>This store has no guide with the staff number {number}.</translation>
    </message>
    <message>
        <source>请先同步, 或核对工号。</source>
        <translation>Sync first, or check the number.</translation>
    </message>
    <message>
        <source>请写小票号, 它是这笔补录的凭据。</source>
        <translation>Please write the receipt number: it is the proof of this entry.</translation>
    </message>
    <message>
        <source>小票上「单号」一行, 最多 64 个字。</source>
        <translation>The line “No.” of the receipt, at most 64 characters.</translation>
    </message>
    <message>
        <source>没有商品。</source>
        <translation>There are no articles.</translation>
    </message>
    <message>
        <source>扫条码, 或按货号、品名查找。</source>
        <translation>Scan a barcode, or look it up by code or name.</translation>
    </message>
    <message>
        <source>小票 {order_no} 已在客户本里 ({told})。</source>
        <translation>The receipt {order_no} is in the book already ({told}).</translation>
    </message>
    <message>
        <source>不需要再补录。</source>
        <translation>There is no need to enter it.</translation>
    </message>
    <message>
        <source>时间不对: 不能是将来, 也不能早于一年前。</source>
        <translation>The time is not right: neither in the future nor more than a year ago.</translation>
    </message>
    <message>
        <source>请核对小票上的时间。</source>
        <translation>Please check the time on the receipt.</translation>
    </message>
    <message>
        <source>件数至少是 1, 金额不能为负。</source>
        <translation>At least 1 piece, and no negative amount.</translation>
    </message>
    <message>
        <source>退货由收银台的小票带来。</source>
        <translation>Returns come with the receipt of the till.</translation>
    </message>
    <message>
        <source>收银台的小票已经到了</source>
        <translation>the receipt of the till has arrived</translation>
    </message>
    <message>
        <source>已经补录过</source>
        <translation>it was entered by hand before</translation>
    </message>
    <message>
        <source>「{plain}」不是券码, 有字符打错了。</source>
        <translation>“{plain}” is not a coupon code; a character was mistyped.</translation>
    </message>
    <message>
        <source>已有文件 {path}。</source>
        <translation>The file {path} exists already.</translation>
    </message>
    <message>
        <source>请换一个名字。</source>
        <translation>Please choose another name.</translation>
    </message>
    <message>
        <source>没有列「{unknown}」。</source>
        <translation>There is no column “{unknown}”.</translation>
    </message>
    <message>
        <source>写不了文件 {path}: {why}。</source>
        <translation>The file {path} cannot be written: {why}.</translation>
    </message>
    <message>
        <source>已有文件 {file}。</source>
        <translation>The file {file} exists already.</translation>
    </message>
    <message>
        <source>写不了文件 {file}: {why}。</source>
        <translation>The file {file} cannot be written: {why}.</translation>
    </message>
    <message>
        <source>批准人须是本店的另一位店长。</source>
        <translation>It must be approved by another manager of this store.</translation>
    </message>
    <message>
        <source>请店长本人输入工号和 PIN。</source>
        <translation>Please have the manager enter her own number and PIN.</translation>
    </message>
    <message>
        <source>要导出 {rows:,} 行{before}, 超过 {limit} 行须由另一位店长批准。</source>
        <translation>This would export {rows:,} row[s]{before}; more than {limit} row[s] need the approval of another manager.</translation>
    </message>
    <message>
        <source>请店长在导出的窗口里输入自己的工号和 PIN 批准; 本店没有另一位店长时由总部导出。</source>
        <translation>Please have a manager type her staff number and PIN in the export window; where the store has no other manager, head office exports.</translation>
    </message>
    <message>
        <source>没有写导出的原因。</source>
        <translation>The reason for the export was not written.</translation>
    </message>
    <message>
        <source>例如「双十一回访名单」。</source>
        <translation>For example “calls after the November sale”.</translation>
    </message>
    <message>
        <source>, 加上 24 小时内已导出的 {taken:,} 行</source>
        <translation>, besides {taken:,} row[s] exported within 24 hours</translation>
    </message>
    <message>
        <source>没有写怎样核实了客户本人。</source>
        <translation>How you made sure it is the client herself was not written.</translation>
    </message>
    <message>
        <source>例如「当面, 手机号验证」。</source>
        <translation>For example “in person, by a code on her phone”.</translation>
    </message>
    <message>
        <source>这位客户由别的导购负责。</source>
        <translation>Another guide looks after this client.</translation>
    </message>
    <message>
        <source>请她的专属导购或店长办理。</source>
        <translation>Please ask her dedicated guide or the manager.</translation>
    </message>
    <message>
        <source>没有编号为 {id} 的 {kind}。</source>
        <translation>There is no {kind} with the number {id}.</translation>
    </message>
    <message>
        <source>{folder} 不是空文件夹。</source>
        <translation>{folder} is not an empty folder.</translation>
    </message>
    <message>
        <source>请换一个新的文件夹。</source>
        <translation>Please choose a new folder.</translation>
    </message>
    <message>
        <source>文件被改动过或不完整。</source>
        <translation>The file was altered or is incomplete.</translation>
    </message>
    <message>
        <source>请重新导出。</source>
        <translation>Please export it again.</translation>
    </message>
    <message>
        <source>密码至少 {least} 个字。</source>
        <translation>The password needs at least {least} character[s].</translation>
    </message>
    <message>
        <source>例如四个不相关的词; 另行告诉收件人。</source>
        <translation>For example four words that have nothing in common; tell it to the recipient separately.</translation>
    </message>
    <message>
        <source>这不是用密码加密的 age 文件。</source>
        <translation>This is not an age file sealed with a password.</translation>
    </message>
    <message>
        <source>请选导出时带 .age 的文件。</source>
        <translation>Please choose the .age file that the export made.</translation>
    </message>
    <message>
        <source>密码不对。</source>
        <translation>The password is wrong.</translation>
    </message>
    <message>
        <source>请向导出的人问清密码。</source>
        <translation>Please ask the person who exported it.</translation>
    </message>
    <message>
        <source>回复: {text}</source>
        <translation>Reply: {text}</translation>
    </message>
    <message>
        <source>跟进状态: {text}</source>
        <translation>Follow-up: {text}</translation>
    </message>
    <message>
        <source>售后: {text}</source>
        <translation>Service: {text}</translation>
    </message>
    <message>
        <source>话术: {text}</source>
        <translation>Script: {text}</translation>
    </message>
    <message>
        <source>分享名片与群邀请</source>
        <translation>Share a card and group invitation</translation>
    </message>
    <message>
        <source>转赠「{text}」</source>
        <translation>Gave “{text}” on</translation>
    </message>
    <message>
        <source>受赠「{text}」</source>
        <translation>Was given “{text}”</translation>
    </message>
    <message>
        <source>复制了, 没有发出</source>
        <translation>copied, not sent</translation>
    </message>
    <message>
        <source>复制了, 还没说发出没有</source>
        <translation>copied, not answered yet</translation>
    </message>
    <message>
        <source>给 {name}</source>
        <translation>to {name}</translation>
    </message>
    <message>
        <source>来自 {name}</source>
        <translation>from {name}</translation>
    </message>
    <message>
        <source>「{title}」保修还有 {days} 天 ({date})</source>
        <translation>Warranty of “{title}” ends in {days} day[s] ({date})</translation>
    </message>
    <message>
        <source>「{title}」保修今天到期</source>
        <translation>Warranty of “{title}” ends today</translation>
    </message>
    <message>
        <source>没有这条复制记录。</source>
        <translation>There is no such copied message.</translation>
    </message>
    <message>
        <source>刷新后再试。</source>
        <translation>Refresh, then try again.</translation>
    </message>
    <message>
        <source>农历生日刚过 {ahead} 天 ({day})</source>
        <translation>Lunar birthday was {ahead} day[s] ago ({day})</translation>
    </message>
    <message>
        <source>生日刚过 {ahead} 天 ({day})</source>
        <translation>Birthday was {ahead} day[s] ago ({day})</translation>
    </message>
    <message>
        <source>{month} 月生日, 不知道哪一天</source>
        <translation>Birthday in month {month}, day unknown</translation>
    </message>
    <message>
        <source>农历 {month} 月生日, 不知道哪一天</source>
        <translation>Birthday in lunar month {month}, day unknown</translation>
    </message>
    <message>
        <source>没有写为什么可以这样说。</source>
        <translation>Why it may be said was not written.</translation>
    </message>
    <message>
        <source>例如「吊牌写明头层牛皮」。</source>
        <translation>For example “the label says top-grain leather”.</translation>
    </message>
    <message>
        <source>亲密名单: 每 {rhythm} 天联系一次, 已 {days} 天没有联系</source>
        <translation>Intimate list: every {rhythm} day[s], nobody contacted her for {days} day[s]</translation>
    </message>
    <message>
        <source>亲密名单: 每 {rhythm} 天联系一次, 建档 {days} 天还没有联系过</source>
        <translation>Intimate list: every {rhythm} day[s], in the book for {days} day[s] and never contacted</translation>
    </message>
    <message>
        <source>备注超过 {most} 个字。</source>
        <translation>The note is longer than {most} character[s].</translation>
    </message>
    <message>
        <source>写短一些。</source>
        <translation>Make it shorter.</translation>
    </message>
    <message>
        <source>话术要有标题和内容。</source>
        <translation>A script needs a title and a text.</translation>
    </message>
    <message>
        <source>两样都写上再保存。</source>
        <translation>Write both, then save.</translation>
    </message>
    <message>
        <source>话术太长 (内容最多 {most} 个字)。</source>
        <translation>The script is too long (at most {most} character[s] of text).</translation>
    </message>
    <message>
        <source>没有这条自己的话术。</source>
        <translation>You have no such script of your own.</translation>
    </message>
    <message>
        <source>没有写要做什么。</source>
        <translation>What is to be done was not written.</translation>
    </message>
    <message>
        <source>没有编号为 {id} 的任务。</source>
        <translation>There is no task with the number {id}.</translation>
    </message>
    <message>
        <source>不用再做了。</source>
        <translation>Nothing is left to do.</translation>
    </message>
    <message>
        <source>这项任务到那时已经作废。</source>
        <translation>By then this task is no longer valid.</translation>
    </message>
    <message>
        <source>换一个早一些的日期。</source>
        <translation>Choose an earlier day.</translation>
    </message>
    <message>
        <source>改期要改到以后。</source>
        <translation>A task is put off to a later day.</translation>
    </message>
    <message>
        <source>换一个以后的日期。</source>
        <translation>Choose a later day.</translation>
    </message>
    <message>
        <source>改期的任务要有新的时间。</source>
        <translation>A task that is put off needs a new day.</translation>
    </message>
    <message>
        <source>选好日期再改期。</source>
        <translation>Choose a day, then put it off.</translation>
    </message>
    <message>
        <source>不能派任务</source>
        <translation>no task can be given</translation>
    </message>
    <message>
        <source>想要的「{want}」有货了 ({count} 件)</source>
        <translation>“{want}”, which she wanted, is here ({count})</translation>
    </message>
    <message>
        <source>新客, {hours} 小时前加入</source>
        <translation>New client, added {hours} h ago</translation>
    </message>
    <message>
        <source>新客, 刚刚加入</source>
        <translation>New client, added just now</translation>
    </message>
    <message>
        <source>没有这个跟进流程。</source>
        <translation>There is no such follow-up sequence.</translation>
    </message>
    <message>
        <source>同步后再试。</source>
        <translation>Sync, then try again.</translation>
    </message>
    <message>
        <source>这个流程已经结束。</source>
        <translation>This sequence has ended.</translation>
    </message>
    <message>
        <source>需要时重新开始。</source>
        <translation>Begin it again when it is needed.</translation>
    </message>
    <message>
        <source>推迟要在 1 到 {most} 天之间。</source>
        <translation>A sequence is put off by 1 to {most} day[s].</translation>
    </message>
    <message>
        <source>换一个天数。</source>
        <translation>Choose another number of days.</translation>
    </message>
    <message>
        <source>没有这个跟进流程或这位客户。</source>
        <translation>There is no such sequence or no such client.</translation>
    </message>
    <message>
        <source>不能开始跟进流程</source>
        <translation>no sequence can begin</translation>
    </message>
    <message>
        <source>这个跟进流程已停用。</source>
        <translation>This sequence is no longer in use.</translation>
    </message>
    <message>
        <source>选另一个流程。</source>
        <translation>Choose another sequence.</translation>
    </message>
    <message>
        <source>这位客户已经在这个流程里。</source>
        <translation>This client is in this sequence already.</translation>
    </message>
    <message>
        <source>先停下再重新开始。</source>
        <translation>Stop it first, then begin again.</translation>
    </message>
    <message>
        <source>今天已经为她开始过这个流程。</source>
        <translation>This sequence was begun for her today already.</translation>
    </message>
    <message>
        <source>明天可以重新开始。</source>
        <translation>It can begin again tomorrow.</translation>
    </message>
    <message>
        <source>「{sop}」第 {no}/{of} 步: {title}</source>
        <translation>“{sop}”, step {no} of {of}: {title}</translation>
    </message>
    <message>
        <source>只有店长能看和分派全店的任务。</source>
        <translation>Only the manager sees and assigns the tasks of the store.</translation>
    </message>
    <message>
        <source>请店长本人登录。</source>
        <translation>Please have the manager sign in herself.</translation>
    </message>
    <message>
        <source>她不在本店。</source>
        <translation>She is not in this store.</translation>
    </message>
    <message>
        <source>选一位本店在职的导购。</source>
        <translation>Choose a guide who works in this store.</translation>
    </message>
    <message>
        <source>{days} 天内已联系她 {used} 次 (最多 {contacts} 次)。</source>
        <translation>She was contacted {used}× within {days} day[s] (at most {contacts}×).</translation>
    </message>
    <message>
        <source>{when}答应过的事不受限制。</source>
        <translation>{when}Promises you made to her are not limited.</translation>
    </message>
    <message>
        <source>给她复制的 {waiting} 条还没有回答发出了没有; 都算上, {days} 天内已满 {contacts} 次。</source>
        <translation>Of {waiting} text[s] copied for her it is not answered whether they were sent; with them, the limit of {contacts} within {days} day[s] is reached.</translation>
    </message>
    <message>
        <source>先回答那几条, 没发出的不算。</source>
        <translation>Answer for those first; what was not sent does not count.</translation>
    </message>
    <message>
        <source>{month} 月 {day} 日起可以再发; </source>
        <translation>Possible again from {month}/{day}. </translation>
    </message>
    <message>
        <source>客户已撤回同意或拒绝联系。</source>
        <translation>The client took her consent back or does not want to be contacted.</translation>
    </message>
    <message>
        <source>只有客户本人可以在页面上重新同意。</source>
        <translation>Only the client herself can consent again, on her page.</translation>
    </message>
    <message>
        <source>页面上的同意由总部登记。</source>
        <translation>Head office notes what is consented to on the page.</translation>
    </message>
    <message>
        <source>请选 口头、纸质 或 扫码。</source>
        <translation>Please choose spoken, on paper or by scan.</translation>
    </message>
    <message>
        <source>同意要写明告知书版本和凭据 (个人信息保护法第 14 条)。</source>
        <translation>A consent names the version of the notice and its proof (Personal Information Protection Law, art. 14).</translation>
    </message>
    <message>
        <source>例如版本 2026-1, 凭据「告知书编号 0231」。</source>
        <translation>For example version 2026-1, proof “form no. 0231”.</translation>
    </message>
    <message>
        <source>请先选择导购并输入 PIN。</source>
        <translation>Please choose a guide and enter the PIN first.</translation>
    </message>
    <message>
        <source>运行 guide login --guide 工号。</source>
        <translation>Unlock the window with your PIN.</translation>
    </message>
    <message>
        <source>没有写查看的原因。</source>
        <translation>Why it is looked at was not written.</translation>
    </message>
    <message>
        <source>例如「电话回访」。</source>
        <translation>For example “a call after her purchase”.</translation>
    </message>
    <message>
        <source>今天已查看 {seen} 位客户的号码, 每人每天最多 {limit} 位。</source>
        <translation>You have looked at the numbers of {seen} client[s] today; a guide may see {limit} a day.</translation>
    </message>
    <message>
        <source>今天看过的可以再看; 其余请明天再看, 急需时请店长登录后查看。</source>
        <translation>Those of today can be seen again; for others wait until tomorrow, or have the manager sign in.</translation>
    </message>
    <message>
        <source>{where}不能用「{word}」({article}): {why}</source>
        <translation>{where} must not say “{word}” ({article}): {why}</translation>
    </message>
    <message>
        <source>空</source>
        <translation>nothing</translation>
    </message>
    <message>
        <source>{allowed}或空</source>
        <translation>{allowed} or nothing</translation>
    </message>
    <message>
        <source>「{name}」不能是「{given}」, 可以是: {allowed}。</source>
        <translation>“{name}” cannot be “{given}”; allowed is {allowed}.</translation>
    </message>
    <message>
        <source>规定的形式</source>
        <translation>the form laid down</translation>
    </message>
    <message>
        <source>{low} 到 {high} 的整数</source>
        <translation>a whole number from {low} to {high}</translation>
    </message>
    <message>
        <source>{low} 到 {high} 的数</source>
        <translation>a number from {low} to {high}</translation>
    </message>
    <message>
        <source>这几种之一 ({words})</source>
        <translation>one of these ({words})</translation>
    </message>
    <message>
        <source>一个编号 (小写 UUID)</source>
        <translation>an id (a UUID in small letters)</translation>
    </message>
    <message>
        <source>文字</source>
        <translation>text</translation>
    </message>
    <message>
        <source>至多 {most} 个字</source>
        <translation>at most {most} character[s]</translation>
    </message>
    <message>
        <source>整数</source>
        <translation>a whole number</translation>
    </message>
    <message>
        <source>不小于 {low} 的整数</source>
        <translation>a whole number of {low} or more</translation>
    </message>
    <message>
        <source>大于 {low} 的数</source>
        <translation>a number above {low}</translation>
    </message>
    <message>
        <source>大于 {low}、不超过 {high} 的数</source>
        <translation>a number above {low}, up to {high}</translation>
    </message>
    <message>
        <source>数字</source>
        <translation>a number</translation>
    </message>
    <message>
        <source>不小于 {low} 的数</source>
        <translation>a number of {low} or more</translation>
    </message>
    <message>
        <source>是或否 (true, false)</source>
        <translation>yes or no (true, false)</translation>
    </message>
    <message>
        <source>分群规则的 {place}: {what}。</source>
        <translation>The rule of the segment, {place}: {what}.</translation>
    </message>
    <message>
        <source>请改正这一处后再保存。</source>
        <translation>Please mend this part, then save.</translation>
    </message>
    <message>
        <source>有 {count} 个条件, 最多 {most} 个</source>
        <translation>{count} condition[s]; at most {most} are possible</translation>
    </message>
    <message>
        <source>套得太深, 最多 {most} 层</source>
        <translation>nested too deep; at most {most} level[s]</translation>
    </message>
    <message>
        <source>要是一个对象</source>
        <translation>must be an object</translation>
    </message>
    <message>
        <source>要有且只有一个条件: {known}</source>
        <translation>must have exactly one condition: {known}</translation>
    </message>
    <message>
        <source>要是一个列表</source>
        <translation>must be a list</translation>
    </message>
    <message>
        <source>要是 1 到 {most} 个值的列表</source>
        <translation>must be a list of 1 to {most} value[s]</translation>
    </message>
    <message>
        <source>要有 at_least 或 at_most</source>
        <translation>needs at_least or at_most</translation>
    </message>
    <message>
        <source>{high} 小于 at_least 的 {low}</source>
        <translation>{high} is less than at_least, {low}</translation>
    </message>
    <message>
        <source>要是两个整点, 如 [18, 22]</source>
        <translation>must be two full hours, such as [18, 22]</translation>
    </message>
    <message>
        <source>从 0 到 {last} 点开始, 到另一个整点为止 (最晚 {hours})</source>
        <translation>from 0 to {last} o&apos;clock until another full hour ({hours} at the latest)</translation>
    </message>
    <message>
        <source>要写关键词</source>
        <translation>needs a word to look for</translation>
    </message>
    <message>
        <source>要写静态分群的编号</source>
        <translation>needs the number of a fixed list</translation>
    </message>
    <message>
        <source>不认识「{value}」, 可用: {known}</source>
        <translation>“{value}” is unknown; possible are {known}</translation>
    </message>
    <message>
        <source>要是不超过 {most} 个字的文字</source>
        <translation>must be a text of at most {most} character[s]</translation>
    </message>
    <message>
        <source>要是 {least} 到 {most} 的整数</source>
        <translation>must be a whole number from {least} to {most}</translation>
    </message>
    <message>
        <source>条件 {kind} 没有这一项</source>
        <translation>the condition {kind} has no such item</translation>
    </message>
    <message>
        <source>没有这一项</source>
        <translation>there is no such item</translation>
    </message>
    <message>
        <source>开头</source>
        <translation>its beginning</translation>
    </message>
    <message>
        <source>运行 guide login --guide 工号, 并输入 PIN。</source>
        <translation>Unlock the window with your PIN.</translation>
    </message>
    <message>
        <source>本店没有工号 {number} 的导购, 或她还没有 PIN。</source>
        <translation>No guide of this store has the number {number}, or she has no PIN yet.</translation>
    </message>
    <message>
        <source>请先同步, 或找店长。</source>
        <translation>Please sync first, or ask the manager.</translation>
    </message>
    <message>
        <source>PIN 连续输错, 暂时锁定。</source>
        <translation>The PIN was wrong too often and is locked for a while.</translation>
    </message>
    <message>
        <source>请 {seconds} 秒后再试。</source>
        <translation>Please try again in {seconds} s.</translation>
    </message>
    <message>
        <source>PIN 不对。</source>
        <translation>The PIN is wrong.</translation>
    </message>
    <message>
        <source>请重新输入; 连错 5 次会锁定 1 分钟。</source>
        <translation>Please enter it again; after 5 wrong ones it is locked for 1 minute.</translation>
    </message>
    <message>
        <source>这台电脑还没有登记。</source>
        <translation>This PC is not enrolled yet.</translation>
    </message>
    <message>
        <source>运行 guide init --office 网址 --code 登记码。</source>
        <translation>Connect it to head office with an enrolment code.</translation>
    </message>
    <message>
        <source>没有编号为 {id} 的分群。</source>
        <translation>There is no segment with the number {id}.</translation>
    </message>
    <message>
        <source>先用 segments list 查看。</source>
        <translation>Choose one from the list of segments.</translation>
    </message>
    <message>
        <source>分群名要有 1 到 {most} 个字。</source>
        <translation>The name of a segment has 1 to {most} character[s].</translation>
    </message>
    <message>
        <source>例如「冬靴 38 码」。</source>
        <translation>For example “winter boots, size 38”.</translation>
    </message>
    <message>
        <source>你已有名为「{text}」的分群。</source>
        <translation>You have a segment called “{text}” already.</translation>
    </message>
    <message>
        <source>「{name}」是同事的分群。</source>
        <translation>“{name}” is a colleague&apos;s segment.</translation>
    </message>
    <message>
        <source>可以另存一份自己的。</source>
        <translation>You can save one of your own.</translation>
    </message>
    <message>
        <source>动态分群的成员由规则决定。</source>
        <translation>The members of a dynamic segment follow from its rule.</translation>
    </message>
    <message>
        <source>请修改规则, 或另存为固定名单。</source>
        <translation>Please change the rule, or save it as a fixed list.</translation>
    </message>
    <message>
        <source>这是一份固定名单, 没有规则。</source>
        <translation>This is a fixed list without a rule.</translation>
    </message>
    <message>
        <source>请另存一个动态分群。</source>
        <translation>Please save a dynamic segment instead.</translation>
    </message>
    <message>
        <source>「{gtin}」是箱码, 收银条码只能是单件的。</source>
        <translation>“{gtin}” is the code of a case; a till scans the barcode of a single piece.</translation>
    </message>
    <message>
        <source>请换单件的条码。</source>
        <translation>Please scan the barcode of a single piece.</translation>
    </message>
    <message>
        <source>左上角离纸边应在 {wanted_mm:g} 毫米上下, 相差不超过 {most:g} 毫米。</source>
        <translation>The upper left corner should lie about {wanted_mm:g} mm from the edge, at most {most:g} mm more or less.</translation>
    </message>
    <message>
        <source>请再量一次。</source>
        <translation>Please measure again.</translation>
    </message>
    <message>
        <source>海报上没有二维码。</source>
        <translation>There is no QR code on the poster.</translation>
    </message>
    <message>
        <source>请换一个版式。</source>
        <translation>Please choose another template.</translation>
    </message>
    <message>
        <source>二维码颜色对比太弱，手机可能扫不出。</source>
        <translation>The QR code has too little contrast; phones may fail to scan it.</translation>
    </message>
    <message>
        <source>请换一个配色。</source>
        <translation>Please choose another colour.</translation>
    </message>
    <message>
        <source>二维码深浅颠倒，部分手机扫不出。</source>
        <translation>Light and dark of the QR code are reversed; some phones fail to scan it.</translation>
    </message>
    <message>
        <source>二维码四周留白不足，手机可能扫不出。</source>
        <translation>The QR code has too little white around it; phones may fail to scan it.</translation>
    </message>
    <message>
        <source>二维码太小，手机可能扫不出。</source>
        <translation>The QR code is too small; phones may fail to scan it.</translation>
    </message>
    <message>
        <source>请换更大的版式或更短的链接。</source>
        <translation>Please choose a larger template or a shorter link.</translation>
    </message>
    <message>
        <source>二维码被其他内容挡住。</source>
        <translation>Something covers the QR code.</translation>
    </message>
    <message>
        <source>海报生成后自检扫不出二维码，已停止输出。</source>
        <translation>The QR code of the finished poster cannot be scanned; nothing was put out.</translation>
    </message>
    <message>
        <source>请换一个版式或配色。</source>
        <translation>Please choose another template or colour.</translation>
    </message>
    <message>
        <source>这件商品没有条码, 印不了这种货签。</source>
        <translation>This product has no barcode; this kind of label cannot be printed.</translation>
    </message>
    <message>
        <source>请换一个版式, 或先补条码。</source>
        <translation>Please choose another template, or add the barcode first.</translation>
    </message>
    <message>
        <source>条码两边留白不足, 收银可能扫不出。</source>
        <translation>The barcode has too little white at its sides; the till may fail to scan it.</translation>
    </message>
    <message>
        <source>货签太小, 放不下收银扫得出的条码。</source>
        <translation>The label is too small for a barcode that the till can scan.</translation>
    </message>
    <message>
        <source>请换更大的货签版式, 或用更高的打印分辨率。</source>
        <translation>Please choose a larger label, or print at a higher resolution.</translation>
    </message>
    <message>
        <source>条码被其他内容挡住。</source>
        <translation>Something covers the barcode.</translation>
    </message>
    <message>
        <source>货签生成后自检扫不出条码, 已停止输出。</source>
        <translation>The barcode of the finished label cannot be scanned; nothing was put out.</translation>
    </message>
    <message>
        <source>海报上扫出的不是这个链接，已停止输出。</source>
        <translation>What scans on the poster is not this link; nothing was put out.</translation>
    </message>
    <message>
        <source>请重新生成；照片里若有别的二维码，请换照片。</source>
        <translation>Please make it again; if the photo shows another QR code, choose another photo.</translation>
    </message>
    <message>
        <source>海报的价格不能是负数。</source>
        <translation>A price on a poster cannot be negative.</translation>
    </message>
    <message>
        <source>请检查商品价格。</source>
        <translation>Please check the price of the product.</translation>
    </message>
    <message>
        <source>海报缺少 {name}。</source>
        <translation>The poster lacks {name}.</translation>
    </message>
    <message>
        <source>请补全后重试。</source>
        <translation>Please add it, then try again.</translation>
    </message>
    <message>
        <source>这不是版式文件: {why}。</source>
        <translation>This is not a template file: {why}.</translation>
    </message>
    <message>
        <source>请选导出的 JSON 文件。</source>
        <translation>Please choose an exported JSON file.</translation>
    </message>
    <message>
        <source>这一项里没有别的元素。</source>
        <translation>There is nothing else in this item.</translation>
    </message>
    <message>
        <source>这一项的位置由它所在的一组决定。</source>
        <translation>The place of this item is set by the group it belongs to.</translation>
    </message>
    <message>
        <source>请移动整组。</source>
        <translation>Please move the whole group.</translation>
    </message>
    <message>
        <source>总部锁定了这一项, 门店不能移动或修改。</source>
        <translation>Head office locked this item; stores can neither move nor change it.</translation>
    </message>
    <message>
        <source>请改别的元素。</source>
        <translation>Please change another item.</translation>
    </message>
    <message>
        <source>请换一个值。</source>
        <translation>Please choose another value.</translation>
    </message>
    <message>
        <source>一套搭配是 2 到 6 件不同的商品。</source>
        <translation>A look is made of 2 to 6 different products.</translation>
    </message>
    <message>
        <source>请增减后再保存。</source>
        <translation>Add or take off products, then save.</translation>
    </message>
    <message>
        <source>搭配要有名字, 最多 {most} 个字。</source>
        <translation>A look needs a name of at most {most} character[s].</translation>
    </message>
    <message>
        <source>例如「初冬通勤一身」。</source>
        <translation>For example “early winter, for the office”.</translation>
    </message>
    <message>
        <source>没有这套搭配, 或其中的商品已停售。</source>
        <translation>There is no such look, or one of its products is no longer sold.</translation>
    </message>
    <message>
        <source>请重新搭配。</source>
        <translation>Please put it together anew.</translation>
    </message>
    <message>
        <source>搭配里有已停售或不能分享的商品。</source>
        <translation>The look holds a product that is no longer sold or must not be shared.</translation>
    </message>
    <message>
        <source>请去掉它再保存。</source>
        <translation>Please take it off, then save.</translation>
    </message>
    <message>
        <source>只有店长能改版式。</source>
        <translation>Only the manager edits templates.</translation>
    </message>
    <message>
        <source>请店长本人登录后按 Ctrl+E。</source>
        <translation>Please have the manager sign in and press Ctrl+E.</translation>
    </message>
    <message>
        <source>总部锁定了这个版式, 门店不能改。</source>
        <translation>Head office locked this template; stores cannot change it.</translation>
    </message>
    <message>
        <source>请换一个版式, 或请总部另发一版。</source>
        <translation>Please choose another template, or ask head office for a new version.</translation>
    </message>
    <message>
        <source>原来的版式已经没有了。</source>
        <translation>The original template is gone.</translation>
    </message>
    <message>
        <source>请从现有的版式另做一个。</source>
        <translation>Please make one from a template that is there.</translation>
    </message>
    <message>
        <source>没有这个自制版式。</source>
        <translation>There is no such template of this store.</translation>
    </message>
    <message>
        <source>请另存为新的。</source>
        <translation>Please save it as a new one.</translation>
    </message>
    <message>
        <source>这次打印没有留存, 不能原样再打。</source>
        <translation>This job was not kept and cannot be printed again as it was.</translation>
    </message>
    <message>
        <source>请重新打印。</source>
        <translation>Please print it anew.</translation>
    </message>
    <message>
        <source>缺少打印机地址。</source>
        <translation>The printer has no address.</translation>
    </message>
    <message>
        <source>网络打印机填 IP, 队列填名称, 文件填路径。</source>
        <translation>A network printer takes its IP, a queue its name, a file its path.</translation>
    </message>
    <message>
        <source>「{address}」不是打印机地址。</source>
        <translation>“{address}” is not the address of a printer.</translation>
    </message>
    <message>
        <source>例如 192.168.1.80 或 192.168.1.80:9100。</source>
        <translation>For example 192.168.1.80 or 192.168.1.80:9100.</translation>
    </message>
    <message>
        <source>端口 {port} 不存在。</source>
        <translation>There is no port {port}.</translation>
    </message>
    <message>
        <source>打印机一般是 {usual}。</source>
        <translation>Printers usually listen on {usual}.</translation>
    </message>
    <message>
        <source>打印机的设置不对: {why}。</source>
        <translation>The printer&apos;s settings are not right: {why}.</translation>
    </message>
    <message>
        <source>请改好再保存。</source>
        <translation>Please mend them, then save.</translation>
    </message>
    <message>
        <source>打印机「{address}」没有接受任务: {why}。</source>
        <translation>The printer “{address}” did not accept the job: {why}.</translation>
    </message>
    <message>
        <source>检查电源、纸和网线; 或改用系统打印, 或 Ctrl+S 存为 PDF 再打。</source>
        <translation>Check power, paper and cable; or print through the system, or save a PDF with Ctrl+S.</translation>
    </message>
    <message>
        <source>这台打印机由系统打印。</source>
        <translation>This printer is served by the system.</translation>
    </message>
    <message>
        <source>请用「打印…」。</source>
        <translation>Please use “Print…”.</translation>
    </message>
    <message>
        <source>链接太长，放不进一个二维码。</source>
        <translation>The link is too long for one QR code.</translation>
    </message>
    <message>
        <source>请使用短链接。</source>
        <translation>Please use the short link.</translation>
    </message>
    <message>
        <source>二维码内容只能是可见的英文字符。</source>
        <translation>A QR code holds visible ASCII characters only.</translation>
    </message>
    <message>
        <source>请检查链接。</source>
        <translation>Please check the link.</translation>
    </message>
    <message>
        <source>没有正在发放的券「{name}」。</source>
        <translation>No coupon “{name}” is being given out.</translation>
    </message>
    <message>
        <source>用券名、编号或 ID; 先同步一次。</source>
        <translation>Use the coupon&apos;s name, number or ID; sync once before.</translation>
    </message>
    <message>
        <source>有的字太小</source>
        <translation>some letters are too small</translation>
    </message>
    <message>
        <source>没有给读屏软件的说明</source>
        <translation>nothing for readers of the screen</translation>
    </message>
    <message>
        <source>二维码颜色偏浅, 暗处难扫</source>
        <translation>the code is pale and hard to scan in the dark</translation>
    </message>
    <message>
        <source>二维码偏小, 要凑近才扫得到</source>
        <translation>the code is small and scans only from near</translation>
    </message>
    <message>
        <source>二维码旁没有说明文字</source>
        <translation>no words beside the code</translation>
    </message>
    <message>
        <source>「{text}」和底色太接近</source>
        <translation>“{text}” is too close to its ground</translation>
    </message>
    <message>
        <source>「{name}」{why}, 不能分享。</source>
        <translation>“{name}” cannot be shared: {why}.</translation>
    </message>
    <message>
        <source>请换一件商品。</source>
        <translation>Please choose another product.</translation>
    </message>
    <message>
        <source>现有的列: {columns}。可以指定哪一列是什么。</source>
        <translation>Its columns: {columns}. You can say which column is what.</translation>
    </message>
    <message>
        <source>现有的列: {columns}。可以指定哪一列是它。</source>
        <translation>Its columns: {columns}. You can say which one it is.</translation>
    </message>
    <message>
        <source>可以指定哪一列是它。</source>
        <translation>You can say which column it is.</translation>
    </message>
    <message>
        <source>现有的列: {have}。可以指定哪一列是它。</source>
        <translation>Its columns: {have}. You can say which one it is.</translation>
    </message>
    <message>
        <source>满 {spend} {worth}</source>
        <translation>{worth} from {spend}</translation>
    </message>
    <message>
        <source>{tenths} 折</source>
        <translation>{percent}% off</translation>
    </message>
    <message>
        <source>请输入如 1991-03-08、03-08、3月 或 农历八月十五。</source>
        <translation>Write it as 1991-03-08, 03-08, 3月 or 农历八月十五.</translation>
    </message>
    <message>
        <source>请核对历法、年、月、日。</source>
        <translation>Check the calendar, year, month and day.</translation>
    </message>
    <message>
        <source>本机只知道这张券是真的, 不知道在谁名下, 不能转赠。</source>
        <translation>This PC only knows that the coupon is genuine, not whose it is; it cannot be given on.</translation>
    </message>
    <message>
        <source>先同步一次; 别的门店发的券, 请到那家门店转赠。</source>
        <translation>Sync once; a coupon of another store is given on there.</translation>
    </message>
    <message>
        <source>{name} 和这张券不在同一家门店。</source>
        <translation>{name} and this coupon are not of the same store.</translation>
    </message>
    <message>
        <source>请选本店的客户, 或新建一位。</source>
        <translation>Choose a client of this store, or add one.</translation>
    </message>
    <message>
        <source>这张券已转赠, 只能由收券的客户本人用</source>
        <translation>This coupon was given on; only the client who was given it may use it</translation>
    </message>
    <message>
        <source>本机还没有这张券。</source>
        <translation>This PC does not have this coupon yet.</translation>
    </message>
    <message>
        <source>先同步一次。</source>
        <translation>Sync once.</translation>
    </message>
    <message>
        <source>这张小票已用了别家系统的券, 它不和本品牌的券同用。</source>
        <translation>A coupon of another system was used on this receipt; it does not go with our own.</translation>
    </message>
    <message>
        <source>请核对小票号。</source>
        <translation>Check the receipt number.</translation>
    </message>
    <message>
        <source>{off}, 最多减 {cap}</source>
        <translation>{off}, at most {cap} off</translation>
    </message>
    <message>
        <source>减 {money}</source>
        <translation>{money} off</translation>
    </message>
    <message>
        <source>立减 {money}</source>
        <translation>{money} off</translation>
    </message>
    <message>
        <source>第 {nth} 件免费</source>
        <translation>item {nth} free</translation>
    </message>
    <message>
        <source>随机立减 {low}—{high}</source>
        <translation>{low}–{high} off, drawn by lot</translation>
    </message>
    <message>
        <source>兑换礼品</source>
        <translation>a gift in exchange</translation>
    </message>
    <message>
        <source>第 {nth} 件 {off}</source>
        <translation>item {nth}: {off}</translation>
    </message>
    <message>
        <source>减运费 {money}</source>
        <translation>{money} off delivery</translation>
    </message>
    <message>
        <source>免运费</source>
        <translation>free delivery</translation>
    </message>
    <message>
        <source>这笔补录已不在了。</source>
        <translation>This noted purchase is here no more.</translation>
    </message>
    <message>
        <source>收银台的小票可能已经代替了它。</source>
        <translation>The till&apos;s receipt may have taken its place.</translation>
    </message>
    <message>
        <source>这是收银台的小票, 不能改。</source>
        <translation>This is the till&apos;s own receipt and cannot be changed.</translation>
    </message>
    <message>
        <source>只有补录的小票带照片。</source>
        <translation>Only receipts noted by hand have a photo.</translation>
    </message>
    <message>
        <source>这张照片已不在了。</source>
        <translation>This photo is here no more.</translation>
    </message>
    <message>
        <source>{when}首购满 {years} 年</source>
        <translation>First purchase {years} year[s] ago, {when}</translation>
    </message>
    <message>
        <source>农历闰 {month} 月生日, 不知道哪一天</source>
        <translation>Birthday in leap lunar month {month}, day unknown</translation>
    </message>
    <message>
        <source>{when}孩子生日 ({day})</source>
        <translation>Her child&apos;s birthday {when} ({day})</translation>
    </message>
    <message>
        <source>{when}纪念日 ({day})</source>
        <translation>Anniversary {when} ({day})</translation>
    </message>
    <message>
        <source>{when}生日 ({day})</source>
        <translation>Birthday {when} ({day})</translation>
    </message>
    <message>
        <source>{when}是她的日子 ({day})</source>
        <translation>A day of hers {when} ({day})</translation>
    </message>
    <message>
        <source>{when}农历生日 ({day})</source>
        <translation>Lunar birthday {when} ({day})</translation>
    </message>
    <message>
        <source>{when}「{title}」({day})</source>
        <translation>“{title}” {when} ({day})</translation>
    </message>
    <message>
        <source>今天</source>
        <translation>today</translation>
    </message>
    <message>
        <source>明天</source>
        <translation>tomorrow</translation>
    </message>
    <message>
        <source>{ahead} 天后</source>
        <translation>in {ahead} day[s]</translation>
    </message>
    <message>
        <source>客户已拒绝联系。</source>
        <translation>The client has refused contact.</translation>
    </message>
    <message>
        <source>不要再为她开始跟进流程。</source>
        <translation>Begin no more sequences for her.</translation>
    </message>
    <message>
        <source>内容</source>
        <translation>Content</translation>
    </message>
    <message>
        <source>字号</source>
        <translation>Font size</translation>
    </message>
    <message>
        <source>字重</source>
        <translation>Weight</translation>
    </message>
    <message>
        <source>底色</source>
        <translation>Fill</translation>
    </message>
    <message>
        <source>边线颜色</source>
        <translation>Outline</translation>
    </message>
    <message>
        <source>条码种类</source>
        <translation>Kind of barcode</translation>
    </message>
    <message>
        <source>码的深色</source>
        <translation>Dark modules</translation>
    </message>
    <message>
        <source>码的底色</source>
        <translation>Light modules</translation>
    </message>
    <message>
        <source>留白 (格)</source>
        <translation>Quiet zone (modules)</translation>
    </message>
    <message>
        <source>左右对齐</source>
        <translation>Align</translation>
    </message>
    <message>
        <source>上下对齐</source>
        <translation>Vertical align</translation>
    </message>
    <message>
        <source>最多几行</source>
        <translation>Most lines</translation>
    </message>
    <message>
        <source>最小缩到</source>
        <translation>Shrinks to</translation>
    </message>
    <message>
        <source>行高</source>
        <translation>Line height</translation>
    </message>
    <message>
        <source>字距</source>
        <translation>Letter spacing</translation>
    </message>
    <message>
        <source>间距</source>
        <translation>Gap</translation>
    </message>
    <message>
        <source>图片摆法</source>
        <translation>Photo fit</translation>
    </message>
    <message>
        <source>取景高低</source>
        <translation>Focus height</translation>
    </message>
    <message>
        <source>四周留空</source>
        <translation>Padding</translation>
    </message>
    <message>
        <source>左右留空</source>
        <translation>Side padding</translation>
    </message>
    <message>
        <source>上下留空</source>
        <translation>Top padding</translation>
    </message>
    <message>
        <source>圆角</source>
        <translation>Corner radius</translation>
    </message>
    <message>
        <source>线粗</source>
        <translation>Line width</translation>
    </message>
    <message>
        <source>「¥」大小</source>
        <translation>Size of ¥</translation>
    </message>
    <message>
        <source>划线价大小</source>
        <translation>Size of struck price</translation>
    </message>
    <message>
        <source>价格说明大小</source>
        <translation>Size of price label</translation>
    </message>
    <message>
        <source>门店不能改</source>
        <translation>Locked for stores</translation>
    </message>
    <message>
        <source>位置和大小</source>
        <translation>Place and size</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>安全边距</source>
        <translation>Safe margin</translation>
    </message>
    <message>
        <source>宽</source>
        <translation>Width</translation>
    </message>
    <message>
        <source>高</source>
        <translation>Height</translation>
    </message>
    <message>
        <source>单位</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>各项</source>
        <translation>Elements</translation>
    </message>
    <message>
        <source>组内各项</source>
        <translation>Elements of the group</translation>
    </message>
    <message>
        <source>分段文字</source>
        <translation>Parts of the text</translation>
    </message>
    <message>
        <source>渐变颜色</source>
        <translation>Gradient colours</translation>
    </message>
    <message>
        <source>何时出现</source>
        <translation>When shown</translation>
    </message>
    <message>
        <source>用途</source>
        <translation>Use</translation>
    </message>
    <message>
        <source>单色打印</source>
        <translation>Printed in one colour</translation>
    </message>
    <message>
        <source>价格说明颜色</source>
        <translation>Colour of price label</translation>
    </message>
    <message>
        <source>划线价颜色</source>
        <translation>Colour of struck price</translation>
    </message>
    <message>
        <source>价格颜色</source>
        <translation>Colour of price</translation>
    </message>
    <message>
        <source>首字颜色</source>
        <translation>Colour of first letter</translation>
    </message>
    <message>
        <source>价格大小</source>
        <translation>Size of price</translation>
    </message>
    <message>
        <source>上方留空</source>
        <translation>Space above</translation>
    </message>
    <message>
        <source>背景上段</source>
        <translation>Background, upper</translation>
    </message>
    <message>
        <source>背景中段</source>
        <translation>Background, middle</translation>
    </message>
    <message>
        <source>背景下段</source>
        <translation>Background, lower</translation>
    </message>
    <message>
        <source>光晕</source>
        <translation>Glow</translation>
    </message>
    <message>
        <source>光晕边缘</source>
        <translation>Edge of the glow</translation>
    </message>
    <message>
        <source>照片遮罩</source>
        <translation>Shade on photos</translation>
    </message>
    <message>
        <source>遮罩边缘</source>
        <translation>Edge of the shade</translation>
    </message>
    <message>
        <source>品牌名</source>
        <translation>Brand name</translation>
    </message>
    <message>
        <source>深色照片上的品牌名</source>
        <translation>Brand on dark photos</translation>
    </message>
    <message>
        <source>浅色照片上的品牌名</source>
        <translation>Brand on pale photos</translation>
    </message>
    <message>
        <source>水印</source>
        <translation>Watermark</translation>
    </message>
    <message>
        <source>版面底色</source>
        <translation>Panel</translation>
    </message>
    <message>
        <source>商品格底色</source>
        <translation>Product tile</translation>
    </message>
    <message>
        <source>正文</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>次要文字</source>
        <translation>Softer text</translation>
    </message>
    <message>
        <source>浅淡文字</source>
        <translation>Faint text</translation>
    </message>
    <message>
        <source>分隔线</source>
        <translation>Rule</translation>
    </message>
    <message>
        <source>价格</source>
        <translation>Price</translation>
    </message>
    <message>
        <source>标签底色</source>
        <translation>Chip</translation>
    </message>
    <message>
        <source>标签文字</source>
        <translation>Text on the chip</translation>
    </message>
    <message>
        <source>强调色</source>
        <translation>Accent</translation>
    </message>
    <message>
        <source>强调色上的文字</source>
        <translation>Text on the accent</translation>
    </message>
    <message>
        <source>二维码深色</source>
        <translation>QR code, dark</translation>
    </message>
    <message>
        <source>二维码底色</source>
        <translation>QR code, ground</translation>
    </message>
    <message>
        <source>商品名</source>
        <translation>Product name</translation>
    </message>
    <message>
        <source>卖点</source>
        <translation>Selling points</translation>
    </message>
    <message>
        <source>货号</source>
        <translation>Article number</translation>
    </message>
    <message>
        <source>价格有效期</source>
        <translation>Price holds until</translation>
    </message>
    <message>
        <source>价格说明</source>
        <translation>Price label</translation>
    </message>
    <message>
        <source>划线价说明</source>
        <translation>Struck price label</translation>
    </message>
    <message>
        <source>优惠券</source>
        <translation>Coupon</translation>
    </message>
    <message>
        <source>导购姓名</source>
        <translation>Guide&apos;s name</translation>
    </message>
    <message>
        <source>门店和电话</source>
        <translation>Store and telephone</translation>
    </message>
    <message>
        <source>推荐语</source>
        <translation>Recommendation</translation>
    </message>
    <message>
        <source>券有效期</source>
        <translation>Coupon valid until</translation>
    </message>
    <message>
        <source>页脚</source>
        <translation>Footer</translation>
    </message>
    <message>
        <source>导购首字</source>
        <translation>Guide&apos;s initial</translation>
    </message>
    <message>
        <source>品牌首字</source>
        <translation>Brand&apos;s initial</translation>
    </message>
    <message>
        <source>规格</source>
        <translation>Variant</translation>
    </message>
    <message>
        <source>{name}</source>
        <translation>{name}</translation>
    </message>
    <message>
        <source>{where}的值不对</source>
        <translation>{where}: a value that does not fit</translation>
    </message>
    <message>
        <source>「{name}」</source>
        <translation>“{name}” </translation>
    </message>
    <message>
        <source>内容不是 JSON</source>
        <translation>not JSON</translation>
    </message>
    <message>
        <source>整个文件</source>
        <translation>the whole file</translation>
    </message>
    <message>
        <source>{where}缺少「{field}」</source>
        <translation>{where}: “{field}” is missing</translation>
    </message>
    <message>
        <source>{where}里有不认识的「{field}」</source>
        <translation>{where}: unknown “{field}”</translation>
    </message>
    <message>
        <source>第 {number} 项</source>
        <translation>no. {number} </translation>
    </message>
    <message>
        <source>中一项</source>
        <translation>one of them</translation>
    </message>
    <message>
        <source>已停售</source>
        <translation>no longer sold</translation>
    </message>
    <message>
        <source>属于敏感商品</source>
        <translation>a sensitive product</translation>
    </message>
    <message>
        <source>不在私域渠道销售</source>
        <translation>not sold through private channels</translation>
    </message>
    <message>
        <source>运行 guide init, 或打开窗口按向导登记。</source>
        <translation>Connect this PC to head office with an enrolment code.</translation>
    </message>
    <message>
        <source>不能发送</source>
        <translation>nothing can be sent</translation>
    </message>
    <message>
        <source>纸张比货签还小，一张也放不下。</source>
        <translation>The paper is smaller than the label; not one fits.</translation>
    </message>
    <message>
        <source>请换更大的纸。</source>
        <translation>Please use larger paper.</translation>
    </message>
    <message>
        <source>拼版的货签必须是同一种毫米尺寸。</source>
        <translation>All labels of a sheet must have the same size in millimetres.</translation>
    </message>
    <message>
        <source>请分开打印。</source>
        <translation>Please print them separately.</translation>
    </message>
    <message>
        <source>这种不干胶每枚 {width:g}×{height:g} 毫米, 放不下这个货签。</source>
        <translation>Each sticker measures {width:g}×{height:g} mm; this label does not fit.</translation>
    </message>
    <message>
        <source>请选小一些的货签版式。</source>
        <translation>Please choose a smaller label template.</translation>
    </message>
    <message>
        <source>份数应在 1 到 999 之间。</source>
        <translation>The copies must be between 1 and 999.</translation>
    </message>
    <message>
        <source>这张图打印机放不下。</source>
        <translation>This picture is too large for the printer.</translation>
    </message>
    <message>
        <source>备份 {source} 已损坏: {fault}</source>
        <translation>The backup {source} is damaged: {fault}</translation>
    </message>
    <message>
        <source>请换一份备份; 数据没有被改动。</source>
        <translation>Please take another backup; no data was changed.</translation>
    </message>
    <message>
        <source>文件 {target} 已存在, 没有覆盖。</source>
        <translation>The file {target} exists already and was not overwritten.</translation>
    </message>
    <message>
        <source>请换一个文件名。</source>
        <translation>Please choose another file name.</translation>
    </message>
    <message>
        <source>备份没有通过检查: {fault}</source>
        <translation>The backup did not pass its check: {fault}</translation>
    </message>
    <message>
        <source>请先运行 guide db-check。</source>
        <translation>Please run guide db-check first.</translation>
    </message>
    <message>
        <source>这本资料正开着, 现在不能恢复。</source>
        <translation>This book is open, so it cannot be restored now.</translation>
    </message>
    <message>
        <source>请关掉导购台的窗口再恢复; 数据没有被改动。</source>
        <translation>Close the Guide Desk window, then restore; the data was not changed.</translation>
    </message>
    <message>
        <source>数据库 {path} 打不开: 文件损坏或密钥不对。</source>
        <translation>The database {path} cannot be opened: the file is damaged or the key is wrong.</translation>
    </message>
    <message>
        <source>请从备份恢复; 文件没有被改动。</source>
        <translation>Please restore it from a backup; the file was not changed.</translation>
    </message>
    <message>
        <source>SQLite {version} 有会损坏数据的缺陷, 不能使用。</source>
        <translation>SQLite {version} has a fault that damages data and must not be used.</translation>
    </message>
    <message>
        <source>请安装带有 {wanted} 或更新版本的 sqlcipher3。</source>
        <translation>Please install sqlcipher3 with {wanted} or newer.</translation>
    </message>
    <message>
        <source>数据库文件 {path} 是空的。</source>
        <translation>The database file {path} is empty.</translation>
    </message>
    <message>
        <source>请从备份恢复; 空文件没有被改动。</source>
        <translation>Please restore it from a backup; the empty file was not changed.</translation>
    </message>
    <message>
        <source>{path} 不是导购台的数据库。</source>
        <translation>{path} is not a database of Guide Desk.</translation>
    </message>
    <message>
        <source>请核对数据目录; 文件没有被改动。</source>
        <translation>Please check the data directory; the file was not changed.</translation>
    </message>
    <message>
        <source>数据库密钥不对。</source>
        <translation>The key of the database is wrong.</translation>
    </message>
    <message>
        <source>请用登记时的密钥或恢复密钥打开; 数据没有被改动。</source>
        <translation>Please use the key of the enrolment or the recovery key; no data was changed.</translation>
    </message>
    <message>
        <source>例如版本 2026-1, 凭据「告知书编号 0231」; 命令行用 guide privacy grant。</source>
        <translation>For example version 2026-1, proof “form no. 0231”.</translation>
    </message>
    <message>
        <source>这台电脑还没有登记到总部。</source>
        <translation>This PC is not connected to a head office yet.</translation>
    </message>
    <message>
        <source>向总部要一个登记码, 运行 guide init --office 地址 --code 登记码。</source>
        <translation>Ask head office for an enrolment code, and connect with it.</translation>
    </message>
    <message>
        <source>磁盘已满, 这次修改没有保存。</source>
        <translation>The disk is full; this change was not saved.</translation>
    </message>
    <message>
        <source>请腾出磁盘空间后再试。</source>
        <translation>Please free some disk space, then try again.</translation>
    </message>
    <message>
        <source>数据目录不能写入, 这次修改没有保存。</source>
        <translation>The data directory cannot be written to; this change was not saved.</translation>
    </message>
    <message>
        <source>请检查数据目录的权限。</source>
        <translation>Please check the permissions of the data directory.</translation>
    </message>
    <message>
        <source>读写磁盘时出错, 这次修改没有保存。</source>
        <translation>The disk failed to read or write; this change was not saved.</translation>
    </message>
    <message>
        <source>请检查磁盘; 运行 guide db-check。</source>
        <translation>Please check the disk, and run guide db-check.</translation>
    </message>
    <message>
        <source>数据库文件打不开。</source>
        <translation>The database file cannot be opened.</translation>
    </message>
    <message>
        <source>请检查数据目录的权限和磁盘。</source>
        <translation>Please check the disk and the permissions of the data directory.</translation>
    </message>
    <message>
        <source>另一个程序长时间占用数据库, 这一步没有完成。</source>
        <translation>Another program keeps the database busy; this step did not finish.</translation>
    </message>
    <message>
        <source>请关闭其他窗口后再试。</source>
        <translation>Please close other windows, then try again.</translation>
    </message>
    <message>
        <source>数据库文件有损坏的地方。</source>
        <translation>The database file is damaged in places.</translation>
    </message>
    <message>
        <source>请运行 guide db-check, 并从备份恢复; 文件没有被改动。</source>
        <translation>Please run guide db-check and restore from a backup; the file was not changed.</translation>
    </message>
    <message>
        <source>设置环境变量 {variable} 指向密钥文件, 或用恢复密钥恢复。</source>
        <translation>Set the environment variable {variable} to the key file, or use the recovery key.</translation>
    </message>
    <message>
        <source>恢复密钥不对: 有漏写或写错的字符。</source>
        <translation>The recovery key is wrong: a character is missing or mistyped.</translation>
    </message>
    <message>
        <source>请逐组核对后再输入。</source>
        <translation>Please compare it group by group, then enter it again.</translation>
    </message>
    <message>
        <source>系统密钥环里没有这个数据库的密钥。</source>
        <translation>The system&apos;s keyring has no key for this database.</translation>
    </message>
    <message>
        <source>{where} 里的密钥格式不对 (应为 64 位十六进制)。</source>
        <translation>The key in {where} has the wrong form (64 hexadecimal digits are expected).</translation>
    </message>
    <message>
        <source>密钥文件 {path} 读不出来。</source>
        <translation>The key file {path} cannot be read.</translation>
    </message>
    <message>
        <source>密钥文件 {path} 写不进去。</source>
        <translation>The key file {path} cannot be written.</translation>
    </message>
    <message>
        <source>请换一个可写的位置。</source>
        <translation>Please choose a place that can be written to.</translation>
    </message>
    <message>
        <source>系统密钥环不可用, 数据库不能打开。</source>
        <translation>The system&apos;s keyring is not available; the database cannot be opened.</translation>
    </message>
    <message>
        <source>系统密钥环不可用, 密钥存不进去。</source>
        <translation>The system&apos;s keyring is not available; the key cannot be kept.</translation>
    </message>
    <message>
        <source>密钥文件 {path} 不存在。</source>
        <translation>The key file {path} does not exist.</translation>
    </message>
    <message>
        <source>另一个程序正在使用 {name}。</source>
        <translation>Another program is using {name}.</translation>
    </message>
    <message>
        <source>等它结束后再试。</source>
        <translation>Wait until it is done, then try again.</translation>
    </message>
    <message>
        <source>这张照片不能保存。</source>
        <translation>This photo cannot be kept.</translation>
    </message>
    <message>
        <source>要 512 KB 以内、不带拍摄信息的 JPEG。</source>
        <translation>It has to be a JPEG of at most 512 KB that says nothing of how it was taken.</translation>
    </message>
    <message>
        <source>数据库的版本 ({found}) 比这个程序 ({known}) 新。</source>
        <translation>The database&apos;s version ({found}) is newer than this program&apos;s ({known}).</translation>
    </message>
    <message>
        <source>请安装新版程序; 数据没有被改动。</source>
        <translation>Please install the new version; no data was changed.</translation>
    </message>
    <message>
        <source>{kind} 的字段 {names} 不能在这里修改。</source>
        <translation>The fields {names} of {kind} cannot be changed here.</translation>
    </message>
    <message>
        <source>已有编号为 {id} 的 {kind}。</source>
        <translation>There is a {kind} with the number {id} already.</translation>
    </message>
    <message>
        <source>请换一个编号。</source>
        <translation>Please choose another number.</translation>
    </message>
    <message>
        <source>{kind} 不能退回到以前的状态。</source>
        <translation>A {kind} cannot go back to an earlier state.</translation>
    </message>
    <message>
        <source>请另建一条新的。</source>
        <translation>Please enter a new one.</translation>
    </message>
    <message>
        <source>没有编号为 {id} 的未能上交的修改。</source>
        <translation>There is no refused change with the number {id}.</translation>
    </message>
    <message>
        <source>请改正后再保存。</source>
        <translation>Please correct it, then save.</translation>
    </message>
    <message>
        <source>{kind} 缺少字段 {name}。</source>
        <translation>The {kind} lacks the field {name}.</translation>
    </message>
    <message>
        <source>请填写后再保存。</source>
        <translation>Please fill it in, then save.</translation>
    </message>
    <message>
        <source>磁盘空间不足, 商品图片暂停接收; 资料照常同步。</source>
        <translation>The disk is almost full: product pictures are on hold; records sync as usual.</translation>
    </message>
    <message>
        <source>请腾出磁盘空间。</source>
        <translation>Please free some disk space.</translation>
    </message>
    <message>
        <source>商品图片写不进磁盘, 已暂停接收; 资料照常同步。</source>
        <translation>Product pictures cannot be written to disk and are on hold; records sync as usual.</translation>
    </message>
    <message>
        <source>请检查图片目录。</source>
        <translation>Please check the folder of the pictures.</translation>
    </message>
    <message>
        <source>这台电脑已经登记过了。</source>
        <translation>This PC is enrolled already.</translation>
    </message>
    <message>
        <source>换总部或门店时, 用另一个数据目录 (--data-dir) 重新登记。</source>
        <translation>For another head office or store, enrol with another data directory (--data-dir).</translation>
    </message>
    <message>
        <source>所有工作都已保存在本机, 会自动重试。</source>
        <translation>All work is kept on this PC; it is tried again by itself.</translation>
    </message>
    <message>
        <source>请升级这台电脑的导购台; 未上交的修改会在升级后照常上交。{kept}</source>
        <translation>Please upgrade Guide Desk on this PC; what was not sent will be sent after that. {kept}</translation>
    </message>
    <message>
        <source>总部的程序还没有升级, 请联系总部信息部门。{kept}</source>
        <translation>Head office has not upgraded its program yet; please contact its IT. {kept}</translation>
    </message>
    <message>
        <source>图片 {picture} 与校验和不符。</source>
        <translation>The picture {picture} does not match its checksum.</translation>
    </message>
    <message>
        <source>图片超过 {limit} MB, 已跳过。</source>
        <translation>The picture is larger than {limit} MB and was skipped.</translation>
    </message>
    <message>
        <source>这台电脑的数据曾被复制或从备份恢复, 总部已有这里没有的修改。</source>
        <translation>The data of this PC was copied or restored from a backup; head office has changes that are not here.</translation>
    </message>
    <message>
        <source>向总部要一个新的登记码, 运行 guide init --rejoin; 未上交的修改会保留。</source>
        <translation>Ask head office for a new enrolment code and connect again; changes not sent yet are kept.</translation>
    </message>
    <message>
        <source>总部只有到第 {office_mid} 号为止的修改, 其后的一部分在本机已超过 30 天不再保留。</source>
        <translation>Head office has the changes up to no. {office_mid} only; some of the later ones are older than 30 days and no longer kept here.</translation>
    </message>
    <message>
        <source>请联系总部信息部门。</source>
        <translation>Please contact head office&apos;s IT.</translation>
    </message>
    <message>
        <source>这条修改里没有字段 {name}。</source>
        <translation>This change has no field {name}.</translation>
    </message>
    <message>
        <source>可以改的有: {known}。</source>
        <translation>These can be changed: {known}.</translation>
    </message>
    <message>
        <source>guide parked list 列出编号。</source>
        <translation>The sync page lists them.</translation>
    </message>
    <message>
        <source>字段 {name} 不能为空。</source>
        <translation>The field {name} must not be empty.</translation>
    </message>
    <message>
        <source>请填写后重交。</source>
        <translation>Please fill it in, then send again.</translation>
    </message>
    <message>
        <source>没有编号为 {id} 的被覆盖的修改。</source>
        <translation>There is no overwritten change with the number {id}.</translation>
    </message>
    <message>
        <source>请改正后重交。</source>
        <translation>Please correct it, then send again.</translation>
    </message>
    <message>
        <source>不支持 {suffix} 的文件。</source>
        <translation>Files ending in {suffix} are not possible.</translation>
    </message>
    <message>
        <source>请用 .json 或 .csv 结尾的文件名。</source>
        <translation>Please use a name ending in .json or .csv.</translation>
    </message>
    <message>
        <source>总部没有收下上传的修改, 也没有说明原因。</source>
        <translation>Head office did not accept what was sent and did not say why.</translation>
    </message>
    <message>
        <source>{scope} 没有等待确认的批量删除。</source>
        <translation>No mass deletion of {scope} waits for confirmation.</translation>
    </message>
    <message>
        <source>guide status 列出等待确认的范围。</source>
        <translation>The sync page lists what waits for confirmation.</translation>
    </message>
    <message>
        <source>同步出错: {why}。</source>
        <translation>Sync failed: {why}.</translation>
    </message>
    <message>
        <source>请运行 guide doctor。</source>
        <translation>Please run guide doctor.</translation>
    </message>
    <message>
        <source>请求没有设备凭证。</source>
        <translation>The request carries no device credential.</translation>
    </message>
    <message>
        <source>设备凭证不被总部接受, 请重新登记这台电脑。</source>
        <translation>Head office does not accept this PC&apos;s credential; please enrol it again.</translation>
    </message>
    <message>
        <source>这个凭证不能做这件事。</source>
        <translation>This credential may not do that.</translation>
    </message>
    <message>
        <source>总部已停用这台电脑。</source>
        <translation>Head office has shut this PC out.</translation>
    </message>
    <message>
        <source>没有这个资源。</source>
        <translation>There is no such thing at head office.</translation>
    </message>
    <message>
        <source>这个地址不接受这种请求方法。</source>
        <translation>This address does not take this kind of request.</translation>
    </message>
    <message>
        <source>登记码不对、已用过或已过期, 请向总部要一个新的。</source>
        <translation>The code is wrong, used or expired; please ask head office for a new one.</translation>
    </message>
    <message>
        <source>总部还缺更早的修改, 将从缺口处重新上传。</source>
        <translation>Head office lacks earlier changes; they will be uploaded again from there.</translation>
    </message>
    <message>
        <source>这台电脑的数据曾被复制或恢复, 需要重新登记。</source>
        <translation>This PC&apos;s data was copied or restored; it has to be enrolled again.</translation>
    </message>
    <message>
        <source>请求内容读不懂。</source>
        <translation>The request could not be read.</translation>
    </message>
    <message>
        <source>内容与校验和不符, 请重发。</source>
        <translation>The content does not match its checksum; it will be sent again.</translation>
    </message>
    <message>
        <source>请求超过大小上限。</source>
        <translation>The request is too large.</translation>
    </message>
    <message>
        <source>有字段不合规则。</source>
        <translation>A field is not as it should be.</translation>
    </message>
    <message>
        <source>同一个 Idempotency-Key 用在了不同内容上。</source>
        <translation>One Idempotency-Key was used for different contents.</translation>
    </message>
    <message>
        <source>请稍后再试。</source>
        <translation>Please try again later.</translation>
    </message>
    <message>
        <source>这个版本的程序太旧, 请先升级。</source>
        <translation>This version of the program is too old; please upgrade first.</translation>
    </message>
    <message>
        <source>总部暂时繁忙, 稍后自动重试。</source>
        <translation>Head office is busy; it is tried again by itself.</translation>
    </message>
    <message>
        <source>总部处理时出错, 稍后自动重试。</source>
        <translation>Head office failed over it; it is tried again by itself.</translation>
    </message>
    <message>
        <source>总部没有这条记录。</source>
        <translation>Head office has no such record.</translation>
    </message>
    <message>
        <source>这条记录已被删除。</source>
        <translation>This record has been deleted.</translation>
    </message>
    <message>
        <source>这类记录写下后不再修改。</source>
        <translation>Records of this kind are not changed once written.</translation>
    </message>
    <message>
        <source>总部不认识这类记录。</source>
        <translation>Head office does not know this kind of record.</translation>
    </message>
    <message>
        <source>这类记录只能由总部修改。</source>
        <translation>Only head office may change records of this kind.</translation>
    </message>
    <message>
        <source>这个字段只能由总部修改。</source>
        <translation>Only head office may change this field.</translation>
    </message>
    <message>
        <source>这条记录不属于这台电脑的门店。</source>
        <translation>This record does not belong to this PC&apos;s store.</translation>
    </message>
    <message>
        <source>这位客户已转到别的门店, 转出之后的修改不再收下。</source>
        <translation>This client has moved to another store; changes made after that are not taken.</translation>
    </message>
    <message>
        <source>这张券已转赠给别人, 一张券只能转赠一次。</source>
        <translation>This coupon has been given to somebody else; a coupon can be given on once.</translation>
    </message>
    <message>
        <source>这批券只限领券的客户本人用, 不能转赠。</source>
        <translation>Coupons of this batch are for the client who took them alone and cannot be given on.</translation>
    </message>
    <message>
        <source>不能把券转赠给她自己。</source>
        <translation>A coupon cannot be given to its own holder.</translation>
    </message>
    <message>
        <source>她转赠的这批券已到上限。</source>
        <translation>The client has given on as many coupons of this batch as one may.</translation>
    </message>
    <message>
        <source>收券的人受赠的这批券已到上限。</source>
        <translation>Who is to get it has been given as many coupons of this batch as one may.</translation>
    </message>
    <message>
        <source>广告法 第九条第(三)项</source>
        <translation>Advertising Law, art. 9 (3)</translation>
    </message>
    <message>
        <source>不得使用「国家级」「最高级」「最佳」等绝对化用语。</source>
        <translation>Absolute terms such as “national grade”, “highest grade” or “best” must not be used.</translation>
    </message>
    <message>
        <source>说清楚具体好在哪里, 如面料、工艺、重量。</source>
        <translation>Say what exactly is good about it: material, workmanship, weight.</translation>
    </message>
    <message>
        <source>「最…」说的是商品时属于绝对化用语; 说的是建议 (如「最好提前预约」) 可以用。</source>
        <translation>“Most …” said of goods is an absolute term; in advice (“best book ahead”) it may be used.</translation>
    </message>
    <message>
        <source>换成「很」「更」或具体数字。</source>
        <translation>Say “very” or “more”, or give a figure.</translation>
    </message>
    <message>
        <source>广告法 第九条第(二)项</source>
        <translation>Advertising Law, art. 9 (2)</translation>
    </message>
    <message>
        <source>不得使用或变相使用国家机关、国家机关工作人员的名义或形象。</source>
        <translation>Neither name nor image of state organs or their staff may be used, not even in disguise.</translation>
    </message>
    <message>
        <source>去掉机关和领导人的名义。</source>
        <translation>Leave out organs and leaders.</translation>
    </message>
    <message>
        <source>广告法 第九条第(一)项</source>
        <translation>Advertising Law, art. 9 (1)</translation>
    </message>
    <message>
        <source>不得使用或变相使用国旗、国歌、国徽, 军旗、军歌、军徽。</source>
        <translation>The national flag, anthem and emblem and those of the army must not be used, not even in disguise.</translation>
    </message>
    <message>
        <source>换一种说法。</source>
        <translation>Say it in another way.</translation>
    </message>
    <message>
        <source>广告法 第十七条</source>
        <translation>Advertising Law, art. 17</translation>
    </message>
    <message>
        <source>鞋服不是医疗用品: 不得涉及疾病治疗功能, 不得使用医疗用语。</source>
        <translation>Shoes and clothes are no medical articles: neither cures nor medical terms may be mentioned.</translation>
    </message>
    <message>
        <source>说穿着感受, 如「鞋垫较软, 久站较舒服」。</source>
        <translation>Say how it wears, such as “a softer insole, comfortable after hours of standing”.</translation>
    </message>
    <message>
        <source>广告法 第十一条</source>
        <translation>Advertising Law, art. 11</translation>
    </message>
    <message>
        <source>数据、统计、引用要真实、准确并表明出处。</source>
        <translation>Data, statistics and quotations must be true and exact, and name their source.</translation>
    </message>
    <message>
        <source>写明出处 (检测报告、日期), 没有就不写数字。</source>
        <translation>Name the source (test report, date); without one give no figure.</translation>
    </message>
    <message>
        <source>广告法 第十二条</source>
        <translation>Advertising Law, art. 12</translation>
    </message>
    <message>
        <source>涉及专利的, 应当标明专利号和专利种类; 未取得专利权的不得谎称。</source>
        <translation>A patent must be named with its number and kind; one that was not granted must not be claimed.</translation>
    </message>
    <message>
        <source>写上专利号和种类。</source>
        <translation>Give the patent&apos;s number and kind.</translation>
    </message>
    <message>
        <source>广告法 第八条</source>
        <translation>Advertising Law, art. 8</translation>
    </message>
    <message>
        <source>附带赠送的, 应当明示品种、规格、数量、期限和方式。</source>
        <translation>A gift must be named with its kind, size, quantity, time and way.</translation>
    </message>
    <message>
        <source>写清楚送什么、多少、到哪天。</source>
        <translation>Say clearly what is given, how many, and until when.</translation>
    </message>
    <message>
        <source>广告法 第十三条</source>
        <translation>Advertising Law, art. 13</translation>
    </message>
    <message>
        <source>不得贬低其他生产经营者的商品或者服务。</source>
        <translation>Goods and services of others must not be disparaged.</translation>
    </message>
    <message>
        <source>只说自己的商品。</source>
        <translation>Speak of your own goods only.</translation>
    </message>
    <message>
        <source>广告法 第二十八条</source>
        <translation>Advertising Law, art. 28</translation>
    </message>
    <message>
        <source>内容要与实际相符, 否则是虚假广告。</source>
        <translation>What is said must be true, or it is false advertising.</translation>
    </message>
    <message>
        <source>确认材质和工艺与吊牌一致再写。</source>
        <translation>Make sure that material and workmanship agree with the label.</translation>
    </message>
    <message>
        <source>商标法 第十四条第五款</source>
        <translation>Trademark Law, art. 14 para. 5</translation>
    </message>
    <message>
        <source>「驰名商标」字样不得用于广告宣传、商品和包装。</source>
        <translation>“Well-known trademark” must not be used in advertising, on goods or packaging.</translation>
    </message>
    <message>
        <source>去掉这几个字。</source>
        <translation>Leave these words out.</translation>
    </message>
    <message>
        <source>价格法 第十四条第(四)项</source>
        <translation>Price Law, art. 14 (4)</translation>
    </message>
    <message>
        <source>虚构原价、虚假折价是价格欺诈; 比较价要有成交记录 (促销前七日最低成交价)。</source>
        <translation>An invented original price or discount is price fraud; a reference price needs sales on record (lowest price of the seven days before).</translation>
    </message>
    <message>
        <source>写吊牌价和现价。</source>
        <translation>Give the tag price and the price now.</translation>
    </message>
    <message>
        <source>微信外部链接内容管理规范 第2.1.2条</source>
        <translation>WeChat rules on external links, 2.1.2</translation>
    </message>
    <message>
        <source>不得诱导分享: 分享、集赞、助力不能换好处, 链接会被封。</source>
        <translation>Sharing must not be induced: no reward for shares, likes or helpers; the link would be blocked.</translation>
    </message>
    <message>
        <source>直接发券, 不附条件。</source>
        <translation>Give the coupon directly, without conditions.</translation>
    </message>
    <message>
        <source>银行卡号</source>
        <translation>Bank card number</translation>
    </message>
    <message>
        <source>个人信息保护法第 28 条</source>
        <translation>Personal Information Protection Law, art. 28</translation>
    </message>
    <message>
        <source>医疗健康</source>
        <translation>health</translation>
    </message>
    <message>
        <source>个人信息保护法第 28、29 条</source>
        <translation>Personal Information Protection Law, arts. 28, 29</translation>
    </message>
    <message>
        <source>身份证号</source>
        <translation>Identity card number</translation>
    </message>
    <message>
        <source>个人信息保护法第 6、28 条</source>
        <translation>Personal Information Protection Law, arts. 6, 28</translation>
    </message>
    <message>
        <source>政治面貌与政治观点</source>
        <translation>political standing and views</translation>
    </message>
    <message>
        <source>宗教信仰</source>
        <translation>religion</translation>
    </message>
    <message>
        <source>不满十四周岁未成年人</source>
        <translation>children under fourteen</translation>
    </message>
    <message>
        <source>个人信息保护法第 28、31 条</source>
        <translation>Personal Information Protection Law, arts. 28, 31</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>name</translation>
    </message>
    <message>
        <source>手机号</source>
        <translation>mobile number</translation>
    </message>
    <message>
        <source>微信</source>
        <translation>WeChat</translation>
    </message>
    <message>
        <source>性别</source>
        <translation>sex</translation>
    </message>
    <message>
        <source>生日</source>
        <translation>birthday</translation>
    </message>
    <message>
        <source>年龄段</source>
        <translation>age</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>source</translation>
    </message>
    <message>
        <source>鞋码</source>
        <translation>shoe size</translation>
    </message>
    <message>
        <source>上衣尺码</source>
        <translation>top size</translation>
    </message>
    <message>
        <source>偏好</source>
        <translation>preference</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>remark</translation>
    </message>
    <message>
        <source>标签</source>
        <translation>tags</translation>
    </message>
    <message>
        <source>单号</source>
        <translation>receipt no.</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>time</translation>
    </message>
    <message>
        <source>数量</source>
        <translation>quantity</translation>
    </message>
    <message>
        <source>单价</source>
        <translation>unit price</translation>
    </message>
    <message>
        <source>金额</source>
        <translation>amount</translation>
    </message>
    <message>
        <source>优惠</source>
        <translation>discount</translation>
    </message>
    <message>
        <source>规格编码</source>
        <translation>article code</translation>
    </message>
    <message>
        <source>条码</source>
        <translation>barcode</translation>
    </message>
    <message>
        <source>商品</source>
        <translation>product</translation>
    </message>
    <message>
        <source>颜色</source>
        <translation>colour</translation>
    </message>
    <message>
        <source>尺码</source>
        <translation>size</translation>
    </message>
    <message>
        <source>会员号</source>
        <translation>member no.</translation>
    </message>
    <message>
        <source>导购</source>
        <translation>guide</translation>
    </message>
    <message>
        <source>类型</source>
        <translation>kind</translation>
    </message>
    <message>
        <source>原单号</source>
        <translation>original receipt</translation>
    </message>
    <message>
        <source>券码</source>
        <translation>coupon code</translation>
    </message>
    <message>
        <source>渠道</source>
        <translation>channel</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>number</translation>
    </message>
    <message>
        <source>等级</source>
        <translation>level</translation>
    </message>
    <message>
        <source>专属导购</source>
        <translation>dedicated guide</translation>
    </message>
    <message>
        <source>联系状态</source>
        <translation>contact consent</translation>
    </message>
    <message>
        <source>同意版本</source>
        <translation>consent version</translation>
    </message>
    <message>
        <source>同意时间</source>
        <translation>consent time</translation>
    </message>
    <message>
        <source>建档时间</source>
        <translation>entered on</translation>
    </message>
    <message>
        <source>归档时间</source>
        <translation>archived on</translation>
    </message>
    <message>
        <source>总部已取消这项任务。</source>
        <translation>Head office has cancelled this task.</translation>
    </message>
    <message>
        <source>要有标签名或标签组</source>
        <translation>needs a tag or a group of tags</translation>
    </message>
    <message>
        <source>转店由店长或总部办理。</source>
        <translation>Transfers are made by the store manager or head office.</translation>
    </message>
    <message>
        <source>没有要转入的门店。</source>
        <translation>There is no such store to move to.</translation>
    </message>
    <message>
        <source>不能把客户合并到她自己。</source>
        <translation>A client cannot be merged into herself.</translation>
    </message>
    <message>
        <source>要合并到的客户不在本店。</source>
        <translation>The client to merge into is not in this store.</translation>
    </message>
    <message>
        <source>合并满 30 天后不能撤销。</source>
        <translation>A merge cannot be undone after 30 days.</translation>
    </message>
    <message>
        <source>只能向同一区域的门店留货或调货。</source>
        <translation>Only stores of the same region can be asked to keep or send pieces.</translation>
    </message>
    <message>
        <source>留货和调货由有货门店的店长答复, 由提出的门店取消或收货。</source>
        <translation>The manager of the store that has the pieces answers; the store that asked cancels or receives them.</translation>
    </message>
    <message>
        <source>这个留货或调货已经有结果。</source>
        <translation>This request has been settled.</translation>
    </message>
    <message>
        <source>留货的时间已过。</source>
        <translation>The pieces are no longer kept.</translation>
    </message>
    <message>
        <source>客户拒绝后只有本人可以重新同意。</source>
        <translation>After a refusal only the client herself may consent again.</translation>
    </message>
    <message>
        <source>客户有投诉未结或已停止服务, 不能发券。</source>
        <translation>The client has an open complaint or is no longer served; no coupon can be given.</translation>
    </message>
    <message>
        <source>没有这张券, 请核对券码。</source>
        <translation>There is no such coupon; please check the code.</translation>
    </message>
    <message>
        <source>这张券之前已核销。</source>
        <translation>This coupon has been redeemed before.</translation>
    </message>
    <message>
        <source>这张券不在有效期内。</source>
        <translation>This coupon is not valid at this time.</translation>
    </message>
    <message>
        <source>这张券已作废。</source>
        <translation>This coupon has been voided.</translation>
    </message>
    <message>
        <source>订单金额没有达到这张券的门槛。</source>
        <translation>The order does not reach this coupon&apos;s minimum.</translation>
    </message>
    <message>
        <source>这批券已停用召回。</source>
        <translation>Head office has recalled these coupons.</translation>
    </message>
    <message>
        <source>这张券还没到使用时间。</source>
        <translation>This coupon is not usable yet.</translation>
    </message>
    <message>
        <source>这张券今天不能用。</source>
        <translation>This coupon cannot be used today.</translation>
    </message>
    <message>
        <source>这张券这个时段不能用。</source>
        <translation>This coupon cannot be used at this hour.</translation>
    </message>
    <message>
        <source>这张券不能在这家门店用。</source>
        <translation>This coupon cannot be used in this store.</translation>
    </message>
    <message>
        <source>这张券不能在这个渠道用。</source>
        <translation>This coupon cannot be used in this channel.</translation>
    </message>
    <message>
        <source>这位客户的会员等级不能用这张券。</source>
        <translation>This customer&apos;s member level cannot use this coupon.</translation>
    </message>
    <message>
        <source>这张券只给第一次购买的客户用。</source>
        <translation>This coupon is for first purchases only.</translation>
    </message>
    <message>
        <source>订单里没有这张券适用的商品。</source>
        <translation>Nothing on the bill is what this coupon is for.</translation>
    </message>
    <message>
        <source>订单件数没有达到这张券的要求。</source>
        <translation>The bill has fewer pieces than this coupon asks for.</translation>
    </message>
    <message>
        <source>订单里没有这张券兑换的商品。</source>
        <translation>The gift of this coupon is not on the bill.</translation>
    </message>
    <message>
        <source>订单没有运费可减。</source>
        <translation>There is no delivery fee to take off.</translation>
    </message>
    <message>
        <source>这张券不能和订单上的另一张券同用。</source>
        <translation>This coupon cannot be used with another one on the bill.</translation>
    </message>
    <message>
        <source>这张券的签名验不过, 不是真券。</source>
        <translation>The coupon&apos;s signature does not hold: it is not genuine.</translation>
    </message>
    <message>
        <source>这张券只能由领券的客户本人用。</source>
        <translation>Only the customer who claimed this coupon can use it.</translation>
    </message>
    <message>
        <source>额度里的这个序号已发给另一位客户。</source>
        <translation>This number of the allotment went to another customer.</translation>
    </message>
    <message>
        <source>这张券不在导购的额度之内。</source>
        <translation>This coupon is beyond the guide&apos;s allotment.</translation>
    </message>
    <message>
        <source>这位导购的额度还没用完。</source>
        <translation>This guide&apos;s allotment is not used up yet.</translation>
    </message>
    <message>
        <source>这批券不给导购额度。</source>
        <translation>Guides get no allotment of these coupons.</translation>
    </message>
    <message>
        <source>这批券已经发完。</source>
        <translation>This batch of coupons is used up.</translation>
    </message>
    <message>
        <source>这位客户已领过这批券。</source>
        <translation>This client already has a coupon of this batch.</translation>
    </message>
    <message>
        <source>这批券没有在发放。</source>
        <translation>This batch of coupons is not being handed out.</translation>
    </message>
    <message>
        <source>只有日, 没有月份。</source>
        <translation>There is a day, but no month.</translation>
    </message>
    <message>
        <source>{year} 年 {month} 月没有 {day} 日。</source>
        <translation>Month {month} of {year} has no day {day}.</translation>
    </message>
    <message>
        <source>农历 {month} 月没有 {day} 日。</source>
        <translation>Lunar month {month} has no day {day}.</translation>
    </message>
    <message>
        <source>农历 {year} 年 {month} 月没有 {day} 日。</source>
        <translation>Lunar month {month} of {year} has no day {day}.</translation>
    </message>
    <message>
        <source>农历没有闰 {month} 月。</source>
        <translation>There is no leap month {month} in the lunar calendar.</translation>
    </message>
    <message>
        <source>农历 {year} 年没有闰 {month} 月。</source>
        <translation>The lunar year {year} has no leap month {month}.</translation>
    </message>
    <message>
        <source>{way_out}命令行用 --map 列=字段。</source>
        <translation>{way_out} On the command line: --map COLUMN=FIELD.</translation>
    </message>
    <message>
        <source>请核对总部地址和网络, 稍后再试一次。</source>
        <translation>Check head office&apos;s address and the network, then try once more.</translation>
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
        <source>更多</source>
        <translation>More</translation>
    </message>
    <message>
        <source>转给同事…</source>
        <translation>Hand to a colleague…</translation>
    </message>
    <message>
        <source>转到别的门店…</source>
        <translation>Move to another store…</translation>
    </message>
    <message>
        <source>合并到…</source>
        <translation>Merge into…</translation>
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
        <source>撤销合并…</source>
        <translation>Undo merge…</translation>
    </message>
    <message>
        <source>联系节奏…</source>
        <translation>Rhythm of contact…</translation>
    </message>
    <message>
        <source>30 秒速览…</source>
        <translation>30-second brief…</translation>
    </message>
    <message>
        <source>补录购买…</source>
        <translation>Note a purchase…</translation>
    </message>
    <message>
        <source>给客户一份副本…</source>
        <translation>A copy for the client…</translation>
    </message>
    <message>
        <source>不做画像</source>
        <translation>No profiling</translation>
    </message>
    <message>
        <source>下装</source>
        <translation>Trousers</translation>
    </message>
    <message>
        <source>戒指</source>
        <translation>Ring</translation>
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
        <source>归档</source>
        <translation>Archive</translation>
    </message>
    <message>
        <source>+ 按品牌记尺码</source>
        <translation>+ Size by brand</translation>
    </message>
    <message>
        <source>资料</source>
        <translation>Details</translation>
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
        <source>没有手机号</source>
        <translation>No phone number</translation>
    </message>
    <message>
        <source>填写</source>
        <translation>Fill in</translation>
    </message>
    <message>
        <source>还有 {count} 位同事服务过</source>
        <translation>Also served by {count} colleague[s]</translation>
    </message>
    <message>
        <source>别家店 {count} 位</source>
        <translation>{count} at other stores</translation>
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
        <source>⚠ 注意: {tags}。她不进名单, 不派任务; 联系前先想一想</source>
        <translation>⚠ Take care: {tags}. She is on no list and gets no tasks; think before you contact her</translation>
    </message>
</context>
<context>
    <name>Post</name>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>PNG 图片 (*.png)</source>
        <translation>PNG picture (*.png)</translation>
    </message>
    <message>
        <source>JPEG 图片 (*.jpg)</source>
        <translation>JPEG picture (*.jpg)</translation>
    </message>
    <message>
        <source>WebP 图片 (*.webp)</source>
        <translation>WebP picture (*.webp)</translation>
    </message>
    <message>
        <source>PDF 文件 (*.pdf)</source>
        <translation>PDF file (*.pdf)</translation>
    </message>
    <message>
        <source>存为文件</source>
        <translation>Save as file</translation>
    </message>
    <message>
        <source>保存海报</source>
        <translation>Saving the poster</translation>
    </message>
    <message>
        <source>素材包放到哪个文件夹</source>
        <translation>Folder for the pack</translation>
    </message>
    <message>
        <source>做素材包</source>
        <translation>Making the pack</translation>
    </message>
    <message>
        <source>海报「{product}」</source>
        <translation>Poster “{product}”</translation>
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
    <message>
        <source>海报</source>
        <translation>Posters</translation>
    </message>
    <message>
        <source>这个版式没有毫米尺寸, 小票机和标签机打不了。</source>
        <translation>This template has no size in millimetres: receipt and label printers cannot print it.</translation>
    </message>
    <message>
        <source>请换一个纸面版式。</source>
        <translation>Choose a template for paper.</translation>
    </message>
    <message>
        <source>做这张海报的进程意外中止。</source>
        <translation>The process that made this poster ended unexpectedly.</translation>
    </message>
    <message>
        <source>请换一张照片或版式; 若仍不行, 请联系总部信息部门。</source>
        <translation>Choose another photo or template; if that does not help, contact head office IT.</translation>
    </message>
</context>
<context>
    <name>PosterView</name>
    <message>
        <source>海报预览</source>
        <translation>Poster preview</translation>
    </message>
</context>
<context>
    <name>PostersDialog</name>
    <message>
        <source>给「{name}」做海报</source>
        <translation>Posters for “{name}”</translation>
    </message>
    <message>
        <source>不带券</source>
        <translation>No coupon</translation>
    </message>
    <message>
        <source>每位客户一张, 各有自己的链接</source>
        <translation>One for each client, with her own link</translation>
    </message>
    <message>
        <source>一张, 大家共用</source>
        <translation>One for all</translation>
    </message>
    <message>
        <source>海报</source>
        <translation>Posters</translation>
    </message>
    <message>
        <source>选…</source>
        <translation>Choose…</translation>
    </message>
    <message>
        <source>选文件夹</source>
        <translation>Choose folder</translation>
    </message>
    <message>
        <source>商品</source>
        <translation>Article</translation>
    </message>
    <message>
        <source>版式</source>
        <translation>Template</translation>
    </message>
    <message>
        <source>怎么做</source>
        <translation>How</translation>
    </message>
    <message>
        <source>存到</source>
        <translation>Folder</translation>
    </message>
    <message>
        <source>做 {count} 张</source>
        <translation>Make {count}</translation>
    </message>
</context>
<context>
    <name>PrintLogDialog</name>
    <message>
        <source>打印记录</source>
        <translation>Print log</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>导购</source>
        <translation>Guide</translation>
    </message>
    <message>
        <source>内容</source>
        <translation>What</translation>
    </message>
    <message>
        <source>打印机</source>
        <translation>Printer</translation>
    </message>
    <message>
        <source>再打</source>
        <translation>Again</translation>
    </message>
    <message>
        <source>原样再打一次</source>
        <translation>Print again as it was</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>只在这台电脑上, 加密保存 {days} 天、最多 {count} 次、共 {size} MB; 为某位客户打印的, 抹除她时一并抹除。</source>
        <translation>On this PC only, encrypted, for {days} day[s], at most {count} job[s] and {size} MB; what was printed for a client goes when she is erased.</translation>
    </message>
    <message>
        <source>太大, 没有留存</source>
        <translation>Too large to keep</translation>
    </message>
    <message>
        <source>由系统打印</source>
        <translation>By the system</translation>
    </message>
    <message>
        <source>{title} · 隐私货签</source>
        <translation>{title} · discreet label</translation>
    </message>
    <message>
        <source>可以</source>
        <translation>Yes</translation>
    </message>
</context>
<context>
    <name>PrinterDialog</name>
    <message>
        <source>海报和台卡</source>
        <translation>Posters and table cards</translation>
    </message>
    <message>
        <source>货签</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>小票</source>
        <translation>Receipts</translation>
    </message>
    <message>
        <source>打印机设置</source>
        <translation>Printers</translation>
    </message>
    <message>
        <source>打测试页</source>
        <translation>Print test page</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>系统打印 (每次选打印机)</source>
        <translation>System printing (choose each time)</translation>
    </message>
    <message>
        <source>网络打印机 (端口 9100)</source>
        <translation>Network printer (port 9100)</translation>
    </message>
    <message>
        <source>系统里的打印队列, 原样送出</source>
        <translation>System print queue, sent raw</translation>
    </message>
    <message>
        <source>设备或文件</source>
        <translation>Device or file</translation>
    </message>
    <message>
        <source>ESC/POS · 小票机</source>
        <translation>ESC/POS · receipt printer</translation>
    </message>
    <message>
        <source>TSPL · 标签机</source>
        <translation>TSPL · label printer</translation>
    </message>
    <message>
        <source>ZPL · 标签机</source>
        <translation>ZPL · label printer</translation>
    </message>
    <message>
        <source>203 dpi · 每毫米 8 点</source>
        <translation>203 dpi · 8 dots per mm</translation>
    </message>
    <message>
        <source>300 dpi</source>
        <translation>300 dpi</translation>
    </message>
    <message>
        <source>和版式一样宽</source>
        <translation>As wide as the template</translation>
    </message>
    <message>
        <source>58 毫米纸 · 384 点</source>
        <translation>58 mm paper · 384 dots</translation>
    </message>
    <message>
        <source>80 毫米纸 · 576 点</source>
        <translation>80 mm paper · 576 dots</translation>
    </message>
    <message>
        <source>192.168.1.80、队列名或 /dev/usb/lp0</source>
        <translation>192.168.1.80, a queue name or /dev/usb/lp0</translation>
    </message>
    <message>
        <source>用来打</source>
        <translation>Used for</translation>
    </message>
    <message>
        <source>怎样送到</source>
        <translation>Reached by</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>打印机语言</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>精度</source>
        <translation>Resolution</translation>
    </message>
    <message>
        <source>打得到的宽度</source>
        <translation>Printable width</translation>
    </message>
    <message>
        <source>标签间隔 (毫米)</source>
        <translation>Gap between labels (mm)</translation>
    </message>
    <message>
        <source>右移 (毫米)</source>
        <translation>Move right (mm)</translation>
    </message>
    <message>
        <source>下移 (毫米)</source>
        <translation>Move down (mm)</translation>
    </message>
    <message>
        <source>测试页的框应距纸边各 2 毫米; 差多少, 就右移下移多少 (往左往上填负数)。</source>
        <translation>The frame of the test page should lie 2 mm from every edge; enter how far to move it right and down (negative: left and up).</translation>
    </message>
    <message>
        <source>按 Ctrl+P 时选系统里的打印机, 或存为 PDF。</source>
        <translation>Ctrl+P asks for a printer of the system; or save as PDF.</translation>
    </message>
    <message>
        <source>测试页已送到打印机。</source>
        <translation>The test page is at the printer.</translation>
    </message>
</context>
<context>
    <name>Printing</name>
    <message>
        <source>打印机没有接受任务。</source>
        <translation>The printer did not take the job.</translation>
    </message>
    <message>
        <source>检查打印机是否开机、有纸, 或换一台。</source>
        <translation>Check that the printer is on and has paper, or choose another.</translation>
    </message>
    <message>
        <source>纸张 {paper} 毫米, 放不下 {page} 毫米。</source>
        <translation>The paper of {paper} mm is too small for {page} mm.</translation>
    </message>
    <message>
        <source>请给打印机换纸, 或选「拼满一张 A4」。</source>
        <translation>Load other paper, or choose “Fill an A4 sheet”.</translation>
    </message>
    <message>
        <source>一张 {size} 毫米</source>
        <translation>One of {size} mm</translation>
    </message>
    <message>
        <source>拼满一张 A4, 带裁切线</source>
        <translation>A full A4 sheet, with cut marks</translation>
    </message>
    <message>
        <source>24 枚一张的 A4 不干胶</source>
        <translation>A4 sheet of 24 stickers</translation>
    </message>
    <message>
        <source>打印校准页 (量一量是否 100 毫米)</source>
        <translation>Ruler page (measure whether it is 100 mm)</translation>
    </message>
    <message>
        <source>填写量到的毫米数…</source>
        <translation>Enter the millimetres measured…</translation>
    </message>
    <message>
        <source>隐私货签: 只有货号和条码</source>
        <translation>Discreet label: article and bar code only</translation>
    </message>
    <message>
        <source>打印记录…</source>
        <translation>Print log…</translation>
    </message>
    <message>
        <source>打印机设置…</source>
        <translation>Printer settings…</translation>
    </message>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>已记住这台打印机的偏移, 以后打印都按它移位</source>
        <translation>This printer&apos;s offset is kept; all it prints is moved by it</translation>
    </message>
</context>
<context>
    <name>Problem</name>
    <message>
        <source>总部没有接受（{code}）。</source>
        <translation>Head office did not accept it ({code}).</translation>
    </message>
    <message>
        <source>所有工作都已保存在本机，会自动重试。</source>
        <translation>All work is kept on this PC and will be sent by itself.</translation>
    </message>
    <message>
        <source>请联系总部信息部门。</source>
        <translation>Please call head office&apos;s IT.</translation>
    </message>
    <message>
        <source>请店长向总部要一个新的登记码，再点「重新接入」；未上交的修改会保留。</source>
        <translation>Have the manager ask head office for a new code, then choose “Join again”; what waits is kept.</translation>
    </message>
    <message>
        <source>连不上总部。</source>
        <translation>Head office cannot be reached.</translation>
    </message>
    <message>
        <source>总部迟迟没有答完。</source>
        <translation>Head office took too long to answer.</translation>
    </message>
    <message>
        <source>总部暂时繁忙。</source>
        <translation>Head office is busy.</translation>
    </message>
    <message>
        <source>网络把请求转到了别处，可能需要先登录商场的无线网。</source>
        <translation>The network sent the request elsewhere; the mall&apos;s Wi-Fi may want a login first.</translation>
    </message>
    <message>
        <source>回答的不是总部，可能是商场无线网的登录页。</source>
        <translation>It was not head office that answered, perhaps the login page of the mall&apos;s Wi-Fi.</translation>
    </message>
    <message>
        <source>总部的回答在路上损坏了。</source>
        <translation>Head office&apos;s answer was damaged on the way.</translation>
    </message>
    <message>
        <source>总部的回答读不懂。</source>
        <translation>Head office&apos;s answer could not be read.</translation>
    </message>
    <message>
        <source>总部的回答太大，已中止。</source>
        <translation>Head office&apos;s answer was too large and was broken off.</translation>
    </message>
    <message>
        <source>网络给的是以前的回答，不是总部现在的。</source>
        <translation>The network gave an earlier answer, not head office&apos;s present one.</translation>
    </message>
    <message>
        <source>总部的数据刚刚恢复过，稍后重新核对。</source>
        <translation>Head office&apos;s data was restored just now and will be compared again soon.</translation>
    </message>
    <message>
        <source>总部的证书不可信，连接已中止。</source>
        <translation>Head office&apos;s certificate is not to be trusted; the connection was broken off.</translation>
    </message>
    <message>
        <source>电脑时间不对，无法安全连接总部。</source>
        <translation>This PC&apos;s clock is wrong, so that no safe connection is possible.</translation>
    </message>
    <message>
        <source>请校正这台电脑的日期和时间，再点「立即同步」。</source>
        <translation>Set this PC&apos;s date and time right, then choose “Sync now”.</translation>
    </message>
    <message>
        <source>同步出错。</source>
        <translation>Sync failed.</translation>
    </message>
    <message>
        <source>程序会自动再试；若仍不行，请把「设置」里的日志发给总部支持。</source>
        <translation>It is tried again by itself; if that does not help, send the log (see Settings) to support.</translation>
    </message>
    <message>
        <source>总部缺少的修改，本机也不再保留。</source>
        <translation>Changes that head office lacks are no longer kept here either.</translation>
    </message>
    <message>
        <source>这台电脑的数据曾被复制或从备份恢复，总部已有这里没有的修改。</source>
        <translation>This PC&apos;s data was copied or restored from a backup; head office has changes that are not here.</translation>
    </message>
    <message>
        <source>总部已停用这台电脑，本机的客户资料会被清除。</source>
        <translation>Head office has shut this PC out; the client data on it will be destroyed.</translation>
    </message>
    <message>
        <source>如需继续使用，请店长向总部要一个新的登记码。</source>
        <translation>To go on using it, have the manager ask head office for a new code.</translation>
    </message>
    <message>
        <source>总部不再认得这台电脑的凭证。</source>
        <translation>Head office no longer accepts this PC&apos;s credential.</translation>
    </message>
    <message>
        <source>这台电脑的程序与总部的版本相差太大。</source>
        <translation>This PC&apos;s program and head office&apos;s are too far apart.</translation>
    </message>
    <message>
        <source>请升级导购台；未上交的修改会在升级后照常上交。</source>
        <translation>Please upgrade Guide Desk; what waits is uploaded after that.</translation>
    </message>
    <message>
        <source>商品图片写不进磁盘，已暂停接收；资料照常同步。</source>
        <translation>Product pictures cannot be written to the disk and are held; records go on.</translation>
    </message>
    <message>
        <source>请检查图片目录。</source>
        <translation>Please check the folder of pictures.</translation>
    </message>
    <message>
        <source>磁盘空间不足，商品图片暂停接收；资料照常同步。</source>
        <translation>The disk is full: product pictures are held, records go on.</translation>
    </message>
    <message>
        <source>请腾出磁盘空间。</source>
        <translation>Please free some space.</translation>
    </message>
</context>
<context>
    <name>ProductBox</name>
    <message>
        <source>哪件商品</source>
        <translation>Which product</translation>
    </message>
    <message>
        <source>找商品: 名称、拼音、货号</source>
        <translation>Find a product: name, pinyin, code</translation>
    </message>
    <message>
        <source>不写 {name}</source>
        <translation>Without {name}</translation>
    </message>
</context>
<context>
    <name>ProductFinder</name>
    <message>
        <source>商品</source>
        <translation>Products</translation>
    </message>
    <message>
        <source>商品名 / 货号 / 扫条码</source>
        <translation>Name / code / scan barcode</translation>
    </message>
    <message>
        <source>商品名、货号、条码、拼音、颜色</source>
        <translation>Name, code, barcode, pinyin, colour</translation>
    </message>
    <message>
        <source>查找商品</source>
        <translation>Find a product</translation>
    </message>
</context>
<context>
    <name>ProductList</name>
    <message>
        <source>本店未报库存</source>
        <translation>No stock reported here</translation>
    </message>
    <message>
        <source>本店 {count} · {age}</source>
        <translation>Here {count} · {age}</translation>
    </message>
    <message>
        <source>停售</source>
        <translation>Stopped</translation>
    </message>
    <message>
        <source>敏感商品</source>
        <translation>Sensitive</translation>
    </message>
    <message>
        <source>不在私域卖</source>
        <translation>Not sold privately</translation>
    </message>
</context>
<context>
    <name>ProductsPage</name>
    <message>
        <source>商品资料随同步到来。换个词再找, 或按 F5 同步一次。</source>
        <translation>Products come by sync. Try another word, or press F5 to sync.</translation>
    </message>
    <message>
        <source>没有找到商品</source>
        <translation>No product found</translation>
    </message>
    <message>
        <source>显示全部商品</source>
        <translation>Show all products</translation>
    </message>
    <message>
        <source>已复制货号 {code}</source>
        <translation>Copied code {code}</translation>
    </message>
    <message>
        <source>已登记缺货: {what}; 她要等通知就按 F7</source>
        <translation>Noted as missing: {what}; press F7 if she wants to be told</translation>
    </message>
    <message>
        <source>缺货登记</source>
        <translation>Note missing size</translation>
    </message>
    <message>
        <source>已提出, 等答复</source>
        <translation>Asked; waiting for the answer</translation>
    </message>
    <message>
        <source>已留货</source>
        <translation>Kept</translation>
    </message>
    <message>
        <source>留货与调货</source>
        <translation>Kept and transferred</translation>
    </message>
    <message>
        <source>已加到{name}的心愿</source>
        <translation>Added to {name}&apos;s wishes</translation>
    </message>
    <message>
        <source>记心愿</source>
        <translation>Note a wish</translation>
    </message>
    <message>
        <source>商品</source>
        <translation>Products</translation>
    </message>
    <message>
        <source>{count} 款 · 库存都注明是什么时候的</source>
        <translation>Styles: {count} · every stock figure says how old it is</translation>
    </message>
</context>
<context>
    <name>ProgressCard</name>
    <message>
        <source>正在同步</source>
        <translation>Syncing</translation>
    </message>
    <message>
        <source>正在上交</source>
        <translation>Sending changes</translation>
    </message>
    <message>
        <source>正在接收资料</source>
        <translation>Receiving data</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>商品图片已暂停</source>
        <translation>Product pictures paused</translation>
    </message>
    <message>
        <source>正在接收商品图片</source>
        <translation>Receiving product pictures</translation>
    </message>
    <message>
        <source>不影响使用</source>
        <translation>you can go on working</translation>
    </message>
    <message>
        <source>继续</source>
        <translation>Resume</translation>
    </message>
    <message>
        <source>接收已停下</source>
        <translation>Stopped</translation>
    </message>
    <message>
        <source>收到的都已保存</source>
        <translation>what has come is kept</translation>
    </message>
    <message>
        <source>暂停</source>
        <translation>Pause</translation>
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
    <name>PurchasesTab</name>
    <message>
        <source>还没有购买记录。</source>
        <translation>No purchases yet.</translation>
    </message>
    <message>
        <source>常买: {categories}</source>
        <translation>Buys most: {categories}</translation>
    </message>
    <message>
        <source>客单 {average}, 减去退货后共 {kept}</source>
        <translation>{average} a receipt, {kept} net of returns</translation>
    </message>
    <message>
        <source>退货</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>给{who}</source>
        <translation>for {who}</translation>
    </message>
    <message>
        <source>用券</source>
        <translation>with coupon</translation>
    </message>
    <message>
        <source>补录, 未核实</source>
        <translation>noted by hand, unverified</translation>
    </message>
    <message>
        <source>她自己的</source>
        <translation>Her own</translation>
    </message>
    <message>
        <source>是她自己的: {title}</source>
        <translation>Her own: {title}</translation>
    </message>
    <message>
        <source>给谁买</source>
        <translation>For whom</translation>
    </message>
    <message>
        <source>给别人买的: {title}</source>
        <translation>Bought for somebody else: {title}</translation>
    </message>
    <message>
        <source>小票照片</source>
        <translation>Photo of the receipt</translation>
    </message>
    <message>
        <source>看小票照片: {number}</source>
        <translation>See the photo of receipt {number}</translation>
    </message>
    <message>
        <source>加照片</source>
        <translation>Add a photo</translation>
    </message>
    <message>
        <source>加小票照片: {number}</source>
        <translation>Add a photo of receipt {number}</translation>
    </message>
</context>
<context>
    <name>RawPrinting</name>
    <message>
        <source>{purpose} · 打到 {printer}</source>
        <translation>{purpose} · print on {printer}</translation>
    </message>
    <message>
        <source>再打一次「{title}」</source>
        <translation>Print “{title}” once more</translation>
    </message>
    <message>
        <source>打印记录…</source>
        <translation>Print log…</translation>
    </message>
    <message>
        <source>打印机设置…</source>
        <translation>Printers…</translation>
    </message>
    <message>
        <source>已送到打印机 {printer}</source>
        <translation>Sent to printer {printer}</translation>
    </message>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
</context>
<context>
    <name>RecipientBox</name>
    <message>
        <source>不指定客户</source>
        <translation>Nobody in particular</translation>
    </message>
    <message>
        <source>发给哪位客户</source>
        <translation>Which client it goes to</translation>
    </message>
    <message>
        <source>找客户: 姓名、拼音、手机后四位</source>
        <translation>Find a client: name, pinyin, last 4 digits</translation>
    </message>
    <message>
        <source>{name} 已拒绝一切联系, 不能发送。只有客户本人能改回。</source>
        <translation>{name} has refused all contact; nothing can be sent. Only the client can change that.</translation>
    </message>
    <message>
        <source>{name} 不接受营销信息, 不能发送。只有客户本人能改回。</source>
        <translation>{name} does not accept marketing; nothing can be sent. Only the client can change this.</translation>
    </message>
    <message>
        <source>{month} 月 {day} 日</source>
        <translation>{month}/{day}</translation>
    </message>
    <message>
        <source>{name} 近几天联系得够多了, {day}起可以再发。</source>
        <translation>{name} has been contacted enough lately; again from {day}.</translation>
    </message>
    <message>
        <source>还没有征求 {name} 的联系意见, 先当面问一声。</source>
        <translation>{name} has not been asked about contact yet; ask in person first.</translation>
    </message>
    <message>
        <source>{name} 已停止服务, 不能发送 ({why})。请店长先解除停止服务。</source>
        <translation>{name} is no longer served, nothing can be sent ({why}). Ask the manager to lift it first.</translation>
    </message>
    <message>
        <source>{name} 有投诉未结, 不能发送 ({why})。先处理投诉, 再取消标记。</source>
        <translation>{name} has an open complaint, nothing can be sent ({why}). Settle it, then take the flag off.</translation>
    </message>
    <message>
        <source>不发给 {name}</source>
        <translation>Do not send to {name}</translation>
    </message>
    <message>
        <source>已拒绝联系</source>
        <translation>Refused contact</translation>
    </message>
    <message>
        <source>⚠ 发之前注意, {name} 有标签: {tags}。</source>
        <translation>⚠ Before you send: {name} carries {tags}.</translation>
    </message>
</context>
<context>
    <name>Redemption</name>
    <message>
        <source>券已退回</source>
        <translation>Coupon returned</translation>
    </message>
    <message>
        <source>本单已退款 {amount}，这张别家的券要请总部退</source>
        <translation>{amount} paid back on this receipt; ask head office to give back this coupon of another system</translation>
    </message>
    <message>
        <source>本单已退款 {amount}</source>
        <translation>{amount} of the receipt paid back</translation>
    </message>
    <message>
        <source>等总部确认</source>
        <translation>Awaiting head office</translation>
    </message>
    <message>
        <source>未被接受</source>
        <translation>Not accepted</translation>
    </message>
    <message>
        <source>已确认</source>
        <translation>Confirmed</translation>
    </message>
</context>
<context>
    <name>RefusedDialog</name>
    <message>
        <source>有客户没有发到</source>
        <translation>Some got nothing</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>Understood</translation>
    </message>
    <message>
        <source>没有发到的客户和原因</source>
        <translation>Clients who got nothing, and why</translation>
    </message>
</context>
<context>
    <name>RejoinDialog</name>
    <message>
        <source>重新接入总部</source>
        <translation>Join head office again</translation>
    </message>
    <message>
        <source>1. 请店长在总部后台为这家门店开一个新的登记码。
2. 填在下面。本机 {count} 条未上交的修改会保留并上交。</source>
        <translation>1. Have the manager get a new code for this store from head office.
2. Enter it below. The changes waiting on this PC ({count}) are kept and uploaded.</translation>
    </message>
    <message>
        <source>登记码</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>以后再说</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>接入总部</source>
        <translation>Join</translation>
    </message>
</context>
<context>
    <name>RelationDialog</name>
    <message>
        <source>记一位家人或朋友</source>
        <translation>Write down family or a friend</translation>
    </message>
    <message>
        <source>记下</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>不在客户书里, 只记姓名</source>
        <translation>Not in the book, name only</translation>
    </message>
    <message>
        <source>是她的</source>
        <translation>Is her</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>客户</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>鞋码</source>
        <translation>Shoe size</translation>
    </message>
    <message>
        <source>上装</source>
        <translation>Top</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>Note</translation>
    </message>
</context>
<context>
    <name>RequestsDialog</name>
    <message>
        <source>留货与调货</source>
        <translation>Kept and transferred</translation>
    </message>
    <message>
        <source>选一条再答复。别店提出的由本店店长答复。</source>
        <translation>Choose one and answer. The manager of this store answers other stores.</translation>
    </message>
    <message>
        <source>没有留货和调货。在商品页按 F9 提出。</source>
        <translation>Nothing is kept or on its way. F9 on the products page asks.</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>同意</source>
        <translation>Agree</translation>
    </message>
    <message>
        <source>收到或取走</source>
        <translation>Received or taken</translation>
    </message>
    <message>
        <source>本店留货</source>
        <translation>Kept here</translation>
    </message>
    <message>
        <source>{source} → {target}</source>
        <translation>{source} → {target}</translation>
    </message>
    <message>
        <source>{source}替{target}留</source>
        <translation>{source} keeps for {target}</translation>
    </message>
    <message>
        <source>等答复</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>已同意</source>
        <translation>Agreed</translation>
    </message>
    <message>
        <source>没有了</source>
        <translation>None left</translation>
    </message>
    <message>
        <source>已完成</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>不要了</source>
        <translation>Cancelled</translation>
    </message>
    <message>
        <source>等上传</source>
        <translation>To be sent</translation>
    </message>
    <message>
        <source>已同意, 过了约定的时间还没收到</source>
        <translation>Agreed, overdue and not received yet</translation>
    </message>
</context>
<context>
    <name>Result</name>
    <message>
        <source>已联系</source>
        <translation>Reached</translation>
    </message>
    <message>
        <source>未接</source>
        <translation>No answer</translation>
    </message>
    <message>
        <source>无兴趣</source>
        <translation>Not interested</translation>
    </message>
    <message>
        <source>成交</source>
        <translation>Sold</translation>
    </message>
    <message>
        <source>改期</source>
        <translation>Postpone</translation>
    </message>
    <message>
        <source>拒绝联系</source>
        <translation>Refuses contact</translation>
    </message>
</context>
<context>
    <name>ResultDialog</name>
    <message>
        <source>结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>备注 (可不填)</source>
        <translation>Note (optional)</translation>
    </message>
    <message>
        <source>改到</source>
        <translation>Postpone to</translation>
    </message>
    <message>
        <source>改期改到 (拒绝联系之后, 不再给这位客户发消息)</source>
        <translation>Postpone to (after a refusal this client gets no more messages)</translation>
    </message>
</context>
<context>
    <name>RevealAlarm</name>
    <message>
        <source>⚠ {guide} 今天已查看 {clients} 位客户的完整号码 (每天最多 {limit} 位); 写的原因: {reasons}</source>
        <translation>⚠ {guide} has looked at the whole numbers of clients today, {clients} so far (at most {limit} a day); reasons given: {reasons}</translation>
    </message>
    <message>
        <source>请当面问一句用途。每一次都记在案, 总部也看得到。</source>
        <translation>Ask in person what for. Every look is on record, at head office too.</translation>
    </message>
</context>
<context>
    <name>RevealDialog</name>
    <message>
        <source>查看完整号码</source>
        <translation>Show the whole number</translation>
    </message>
    <message>
        <source>查看 (会记录)</source>
        <translation>Show (it is logged)</translation>
    </message>
    <message>
        <source>电话联系</source>
        <translation>To call her</translation>
    </message>
    <message>
        <source>核对身份</source>
        <translation>To check who she is</translation>
    </message>
    <message>
        <source>寄送</source>
        <translation>To send something</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
</context>
<context>
    <name>RhythmDialog</name>
    <message>
        <source>联系节奏</source>
        <translation>Rhythm of contact</translation>
    </message>
    <message>
        <source>记下</source>
        <translation>Save</translation>
    </message>
    <message>
        <source> 天</source>
        <translation> days</translation>
    </message>
    <message>
        <source>每几天联系一次</source>
        <translation>Contact every</translation>
    </message>
    <message>
        <source>亲密名单里的客户, 到了这个天数没有联系, 今日名单会提醒。</source>
        <translation>Today&apos;s list reminds you of an intimate client whom nobody contacted for so long.</translation>
    </message>
</context>
<context>
    <name>RulerDialog</name>
    <message>
        <source>按尺子校准</source>
        <translation>Calibrate by ruler</translation>
    </message>
    <message>
        <source>左边空多少毫米</source>
        <translation>Millimetres free at the left</translation>
    </message>
    <message>
        <source>上边空多少毫米</source>
        <translation>Millimetres free at the top</translation>
    </message>
    <message>
        <source>其他打印机</source>
        <translation>Other printers</translation>
    </message>
    <message>
        <source>打印机</source>
        <translation>Printer</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>先打印校准页。用尺子量纸的左边和上边到尺子刻度 0 的角, 各应是 20 毫米; 把量到的填在这里。</source>
        <translation>Print the calibration page first. Measure from the paper&apos;s left and upper edge to the corner at the ruler&apos;s 0: each should be 20 mm. Enter what you measured.</translation>
    </message>
    <message>
        <source>左边</source>
        <translation>Left</translation>
    </message>
    <message>
        <source>上边</source>
        <translation>Top</translation>
    </message>
    <message>
        <source> 毫米</source>
        <translation> mm</translation>
    </message>
</context>
<context>
    <name>SaleDialog</name>
    <message>
        <source>补录购买</source>
        <translation>Note a purchase</translation>
    </message>
    <message>
        <source>记下 (未核实)</source>
        <translation>Note it (unverified)</translation>
    </message>
    <message>
        <source>小票上的单号</source>
        <translation>number on the receipt</translation>
    </message>
    <message>
        <source>扫条码, 或输入货号、品名后按回车</source>
        <translation>scan a barcode, or type code or name and press Enter</translation>
    </message>
    <message>
        <source>商品</source>
        <translation>Article</translation>
    </message>
    <message>
        <source>件数</source>
        <translation>Pieces</translation>
    </message>
    <message>
        <source>实付 (元)</source>
        <translation>Paid (yuan)</translation>
    </message>
    <message>
        <source>客户</source>
        <translation>Clients</translation>
    </message>
    <message>
        <source>小票号</source>
        <translation>Receipt no.</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>找商品</source>
        <translation>Find article</translation>
    </message>
    <message>
        <source>找到的</source>
        <translation>Found</translation>
    </message>
    <message>
        <source>明细</source>
        <translation>Lines</translation>
    </message>
    <message>
        <source>合计</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>小票照片</source>
        <translation>Photo of the receipt</translation>
    </message>
    <message>
        <source>记为未核实; 收银台的小票到了就由它代替, 不会算两次, 照片也随之删除。</source>
        <translation>Marked as unverified; the till&apos;s receipt takes its place when it arrives, nothing counts twice, and the photo goes too.</translation>
    </message>
    <message>
        <source>没有找到「{word}」</source>
        <translation>Nothing found for “{word}”</translation>
    </message>
    <message>
        <source>{title} 件数</source>
        <translation>Pieces of {title}</translation>
    </message>
    <message>
        <source>{title} 实付</source>
        <translation>{title} paid</translation>
    </message>
</context>
<context>
    <name>Screenshot</name>
    <message>
        <source>图里的二维码不是券码。</source>
        <translation>The QR code in the picture is not a coupon.</translation>
    </message>
    <message>
        <source>请客户打开「我的券」页面, 重新截图。</source>
        <translation>Ask the client to open “My coupons” and take a new screenshot.</translation>
    </message>
    <message>
        <source>图里没有找到二维码。</source>
        <translation>No QR code was found in the picture.</translation>
    </message>
    <message>
        <source>请截全整个二维码, 四周留一点白边; 或手工输入券码。</source>
        <translation>Capture the whole QR code with some white around it, or type the code.</translation>
    </message>
    <message>
        <source>剪贴板里没有能打开的图片。</source>
        <translation>There is no picture on the clipboard that can be opened.</translation>
    </message>
    <message>
        <source>先截图, 或在聊天窗口里复制图片, 再粘贴。</source>
        <translation>Take a screenshot, or copy the picture in the chat, then paste.</translation>
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
    <name>SegmentActions</name>
    <message>
        <source>派任务…</source>
        <extracomment>A task from the table is due in a week.</extracomment>
        <translation>Give a task…</translation>
    </message>
    <message>
        <source>清单…</source>
        <translation>Table…</translation>
    </message>
    <message>
        <source>重叠…</source>
        <translation>Overlap…</translation>
    </message>
    <message>
        <source>修改…</source>
        <translation>Change…</translation>
    </message>
    <message>
        <source>不再保留</source>
        <translation>Keep no longer</translation>
    </message>
    <message>
        <source>已保存分群</source>
        <translation>Segment kept</translation>
    </message>
    <message>
        <source>保存分群</source>
        <translation>Keep segment</translation>
    </message>
    <message>
        <source>不再保留「{name}」</source>
        <translation>“{name}” is kept no longer</translation>
    </message>
    <message>
        <source>不再保留分群</source>
        <translation>End segment</translation>
    </message>
    <message>
        <source>已存固定名单</source>
        <translation>Fixed list kept</translation>
    </message>
    <message>
        <source>存固定名单</source>
        <translation>Keep fixed list</translation>
    </message>
    <message>
        <source>联系「{name}」</source>
        <translation>Contact “{name}”</translation>
    </message>
    <message>
        <source>已派 {count} 项任务</source>
        <translation>Tasks given: {count}</translation>
    </message>
    <message>
        <source>派任务</source>
        <translation>Give tasks</translation>
    </message>
</context>
<context>
    <name>SegmentDialog</name>
    <message>
        <source>分群</source>
        <translation>Segment</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Keep</translation>
    </message>
    <message>
        <source>例如 冬靴 38 码</source>
        <translation>e.g. winter boots 38</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>同事也看得到</source>
        <translation>Colleagues see it too</translation>
    </message>
    <message>
        <source>还有条件没有写好。</source>
        <translation>A condition is not finished yet.</translation>
    </message>
</context>
<context>
    <name>SegmentLists</name>
    <message>
        <source>+ 分群</source>
        <translation>+ Segment</translation>
    </message>
    <message>
        <source>按资料、标签、购买、互动和同意组合出一群客户</source>
        <translation>Choose clients by portrait, tags, purchases, events and consent</translation>
    </message>
    <message>
        <source>我的分群</source>
        <translation>My segments</translation>
    </message>
    <message>
        <source>保持联系 · 过了惯常间隔</source>
        <translation>Keep in touch · interval passed</translation>
    </message>
    <message>
        <source>生命周期</source>
        <translation>Stages of life</translation>
    </message>
    <message>
        <source>最近购买 × 价值</source>
        <translation>Last purchase × value</translation>
    </message>
    <message>
        <source>高</source>
        <translation>high</translation>
    </message>
    <message>
        <source>中</source>
        <translation>mid</translation>
    </message>
    <message>
        <source>低</source>
        <translation>low</translation>
    </message>
    <message>
        <source>{days} 天</source>
        <translation>{days} d</translation>
    </message>
    <message>
        <source>更久</source>
        <translation>longer</translation>
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
        <source>本店</source>
        <translation>Store</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>本店所有客户, 含已归档的 (店长)</source>
        <translation>All clients of the store, archived ones too (managers)</translation>
    </message>
    <message>
        <source>我的</source>
        <translation>Mine</translation>
    </message>
</context>
<context>
    <name>SegmentSending</name>
    <message>
        <source>发券…</source>
        <translation>Coupon…</translation>
    </message>
    <message>
        <source>海报…</source>
        <translation>Posters…</translation>
    </message>
    <message>
        <source>已给 {count} 位客户发券</source>
        <translation>Coupons given: {count}</translation>
    </message>
    <message>
        <source>发券</source>
        <translation>Give coupons</translation>
    </message>
    <message>
        <source>已做 {count} 张海报, 存在 {folder}</source>
        <translation>Posters made: {count}, in {folder}</translation>
    </message>
    <message>
        <source>做海报</source>
        <translation>Make posters</translation>
    </message>
    <message>
        <source>{told} (中途停止)</source>
        <translation>{told} (stopped half-way)</translation>
    </message>
</context>
<context>
    <name>Segments</name>
    <message>
        <source>新客 · 没买过</source>
        <translation>New · never bought</translation>
    </message>
    <message>
        <source>首购 · 买过一次</source>
        <translation>First · bought once</translation>
    </message>
    <message>
        <source>活跃 · {days} 天内</source>
        <translation>Active · {days} d</translation>
    </message>
    <message>
        <source>沉睡 · {least}-{most} 天</source>
        <translation>Asleep · {least}-{most} d</translation>
    </message>
    <message>
        <source>流失 · 超过 {days} 天</source>
        <translation>Lost · over {days} d</translation>
    </message>
    <message>
        <source>{days} 天内买过</source>
        <translation>bought within {days} d</translation>
    </message>
    <message>
        <source>{least}-{most} 天前买过</source>
        <translation>bought {least}-{most} d ago</translation>
    </message>
    <message>
        <source>{days} 天以上没买</source>
        <translation>not for more than {days} d</translation>
    </message>
    <message>
        <source>高价值</source>
        <translation>High value</translation>
    </message>
    <message>
        <source>中价值</source>
        <translation>medium value</translation>
    </message>
    <message>
        <source>低价值</source>
        <translation>low value</translation>
    </message>
    <message>
        <source>拒绝联系</source>
        <translation>Refused contact</translation>
    </message>
    <message>
        <source>投诉或黑名单</source>
        <translation>complaint or blocked</translation>
    </message>
    <message>
        <source>勿扰标签</source>
        <translation>do-not-disturb tag</translation>
    </message>
    <message>
        <source>没有同意</source>
        <translation>no consent</translation>
    </message>
    <message>
        <source>不做画像</source>
        <translation>No profiling</translation>
    </message>
    <message>
        <source>刚联系过</source>
        <translation>contacted lately</translation>
    </message>
    <message>
        <source>符合 {total} 位 · 可联系 {reached} 位</source>
        <translation>{total} fit · {reached} may be addressed</translation>
    </message>
    <message>
        <source>不联系: {reasons}</source>
        <translation>Left out: {reasons}</translation>
    </message>
</context>
<context>
    <name>SentQuestion</name>
    <message>
        <source>已发送 (Y)</source>
        <translation>Sent (Y)</translation>
    </message>
    <message>
        <source>没有发 (N)</source>
        <translation>Not sent (N)</translation>
    </message>
    <message>
        <source>Shift+Y 全部已发送, Shift+N 全部没有发</source>
        <translation>Shift+Y: all were sent, Shift+N: none was sent</translation>
    </message>
    <message>
        <source>稍后 (Esc)</source>
        <translation>Later (Esc)</translation>
    </message>
    <message>
        <source>已记到{name}的时间线</source>
        <translation>On {name}&apos;s timeline now</translation>
    </message>
    <message>
        <source>记下了: 没有发给{name}, 不算联系</source>
        <translation>Noted: not sent to {name}, no contact</translation>
    </message>
    <message>
        <source>{count} 条都记到各自的时间线了</source>
        <translation>{count} message[s] now on their clients’ timelines</translation>
    </message>
    <message>
        <source>记下了: {count} 条都没有发, 不算联系</source>
        <translation>Noted: none of the {count} was sent; they do not count as contacts</translation>
    </message>
    <message>
        <source>{count} 条都已发送 (Shift+Y)</source>
        <translation>All {count} sent (Shift+Y)</translation>
    </message>
    <message>
        <source>{time} 复制给{name}的消息, 发出去了吗?</source>
        <translation>{time}: the message copied for {name}, was it sent?</translation>
    </message>
    <message>
        <source> · 还有 {count} 条</source>
        <translation> · {count} more</translation>
    </message>
</context>
<context>
    <name>ServiceDialog</name>
    <message>
        <source>售后</source>
        <translation>Aftercare</translation>
    </message>
    <message>
        <source>记下</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>如 换鞋跟</source>
        <translation>e.g. new heels</translation>
    </message>
    <message>
        <source>不指定</source>
        <translation>Not said</translation>
    </message>
    <message>
        <source>什么售后</source>
        <translation>What service</translation>
    </message>
    <message>
        <source>内容</source>
        <translation>Subject</translation>
    </message>
    <message>
        <source>哪一件</source>
        <translation>Which piece</translation>
    </message>
    <message>
        <source>约好哪天 / 保到哪天</source>
        <translation>Due on / valid until</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Details</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>跟随系统</source>
        <extracomment>Room for pictures on offer, in MiB.</extracomment>
        <translation>System</translation>
    </message>
    <message>
        <source>浅色</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>深色</source>
        <translation>Dark</translation>
    </message>
    <message>
        <source>中文</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>{count} 分钟</source>
        <translation>{count} min</translation>
    </message>
    <message>
        <source>不锁定</source>
        <translation>Never</translation>
    </message>
    <message>
        <source>外观</source>
        <translation>Appearance</translation>
    </message>
    <message>
        <source>语言</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>自动锁定</source>
        <translation>Automatic lock</translation>
    </message>
    <message>
        <source>商品图片</source>
        <translation>Product pictures</translation>
    </message>
    <message>
        <source>打开文件夹</source>
        <translation>Open folder</translation>
    </message>
    <message>
        <source>打开日志</source>
        <translation>Open log</translation>
    </message>
    <message>
        <source>立即备份…</source>
        <translation>Back up now…</translation>
    </message>
    <message>
        <source>打印测试页…</source>
        <translation>Print a test page…</translation>
    </message>
    <message>
        <source>门店</source>
        <translation>Store</translation>
    </message>
    <message>
        <source>品牌</source>
        <translation>Brand</translation>
    </message>
    <message>
        <source>总部地址</source>
        <translation>Head office</translation>
    </message>
    <message>
        <source>设备编号</source>
        <translation>Device</translation>
    </message>
    <message>
        <source>上次联系总部</source>
        <translation>Last contact</translation>
    </message>
    <message>
        <source>本机时钟偏差</source>
        <translation>Clock offset</translation>
    </message>
    <message>
        <source>资料大小</source>
        <translation>Size of data</translation>
    </message>
    <message>
        <source>程序版本</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>设置</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>改动立即生效</source>
        <translation>Changes take effect at once</translation>
    </message>
    <message>
        <source>外观与语言</source>
        <translation>Appearance and language</translation>
    </message>
    <message>
        <source>深色适合晚场和仓库</source>
        <translation>Dark suits late shifts and the stockroom</translation>
    </message>
    <message>
        <source>客户资料和总部内容不翻译</source>
        <translation>Client data and head-office texts are not translated</translation>
    </message>
    <message>
        <source>锁定</source>
        <translation>Lock</translation>
    </message>
    <message>
        <source>没有操作多久后遮住客户资料，要 PIN 才能继续。随时按 Ctrl+L 锁定或换人。</source>
        <translation>After how long without input client data is hidden until a PIN is given. Ctrl+L locks at any time.</translation>
    </message>
    <message>
        <source>资料与备份</source>
        <translation>Data and backup</translation>
    </message>
    <message>
        <source>资料加密保存在本机</source>
        <translation>Data is kept encrypted on this PC</translation>
    </message>
    <message>
        <source>资料文件夹</source>
        <translation>Data folder</translation>
    </message>
    <message>
        <source>日志</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>不含客户资料，可以发给总部支持</source>
        <translation>Holds no client data; may be sent to support</translation>
    </message>
    <message>
        <source>最多占用多少磁盘；满了先清掉很久没看的</source>
        <translation>Most disk space they may take; the longest unseen go first</translation>
    </message>
    <message>
        <source>复制一份并逐页核对；备份同样加密，不影响使用</source>
        <translation>A copy, checked page by page and encrypted too; you can go on working</translation>
    </message>
    <message>
        <source>备份</source>
        <translation>Backup</translation>
    </message>
    <message>
        <source>打印机</source>
        <translation>Printer</translation>
    </message>
    <message>
        <source>用直尺量一量：页上的 100 毫米就应是 100 毫米</source>
        <translation>Measure it: 100 mm on the page must be 100 mm</translation>
    </message>
    <message>
        <source>测试页</source>
        <translation>Test page</translation>
    </message>
    <message>
        <source>这台电脑</source>
        <translation>This PC</translation>
    </message>
    <message>
        <source>换电脑或资料损坏时：用备份文件和登记时抄下的恢复密钥恢复（guide restore 文件）。没有备份也不要紧，重新登记后会从总部收回已同步的全部资料；恢复密钥丢了可以向总部要。</source>
        <translation>New PC or damaged data: restore from a backup with the recovery key written down at enrolment (guide restore FILE). Without a backup, enrol again and everything synced comes back from head office, which can also give you a lost recovery key.</translation>
    </message>
    <message>
        <source>打不开文件夹 {folder}</source>
        <translation>Cannot open folder {folder}</translation>
    </message>
    <message>
        <source>备份到</source>
        <translation>Back up to</translation>
    </message>
    <message>
        <source>导购台备份-{day}</source>
        <translation>guide-desk-backup-{day}</translation>
    </message>
    <message>
        <source>正在备份</source>
        <translation>Backing up</translation>
    </message>
    <message>
        <source>已备份并核对：{name}（{size}，{count} 位客户）</source>
        <translation>Backed up and verified: {name} ({size}, clients: {count})</translation>
    </message>
    <message>
        <source>{seconds} 秒</source>
        <translation>{seconds} s</translation>
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
        <source>演示窗口正在打开，请稍候。</source>
        <translation>The demo is opening in its own window.</translation>
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
    <name>ShareBatch</name>
    <message>
        <source>请换一款。</source>
        <translation>Choose another product.</translation>
    </message>
</context>
<context>
    <name>ShareLogDialog</name>
    <message>
        <source>分享记录</source>
        <translation>Share log</translation>
    </message>
    <message>
        <source>导购</source>
        <translation>Guide</translation>
    </message>
    <message>
        <source>方式</source>
        <translation>Way</translation>
    </message>
    <message>
        <source>全部导购</source>
        <translation>All guides</translation>
    </message>
    <message>
        <source>复制图片</source>
        <translation>Picture copied</translation>
    </message>
    <message>
        <source>复制链接</source>
        <translation>Link copied</translation>
    </message>
    <message>
        <source>存为文件</source>
        <translation>Saved</translation>
    </message>
    <message>
        <source>打印</source>
        <translation>Printed</translation>
    </message>
    <message>
        <source>命令行</source>
        <translation>Command line</translation>
    </message>
    <message>
        <source>全部方式</source>
        <translation>All ways</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>内容</source>
        <translation>What</translation>
    </message>
    <message>
        <source>发给</source>
        <translation>To</translation>
    </message>
    <message>
        <source>打开</source>
        <translation>Opened</translation>
    </message>
    <message>
        <source>领券</source>
        <translation>Claimed</translation>
    </message>
    <message>
        <source>近 90 天 {count} 次。打开次数: 发给某位客户的, 只在她同意营销和画像时显示; 其余是匿名总数。</source>
        <translation>{count} in 90 days. Openings: of what went to one client only while she agrees to marketing and profiling; all others are anonymous totals.</translation>
    </message>
    <message>
        <source>{way}, 没有发出</source>
        <translation>{way}, not sent</translation>
    </message>
    <message>
        <source>导购名片</source>
        <translation>Guide&apos;s card</translation>
    </message>
    <message>
        <source> + 券</source>
        <translation> + coupon</translation>
    </message>
</context>
<context>
    <name>SharePage</name>
    <message>
        <source>分享</source>
        <translation>Share</translation>
    </message>
    <message>
        <source>选商品 → 选版式 → 复制给客户</source>
        <translation>Product → template → copy to the client</translation>
    </message>
    <message>
        <source>还没有商品。商品资料随同步到来, 按 F5 同步一次。</source>
        <translation>No products yet. They come by sync; press F5.</translation>
    </message>
    <message>
        <source>需要货签时按 Ctrl+P: 只印货号和条码。</source>
        <translation>If you need a label press Ctrl+P: article and bar code only.</translation>
    </message>
    <message>
        <source>现在没有可以发的券。券随同步到来, 按 F5 同步一次。</source>
        <translation>There is no coupon to give now. Coupons come with the next sync: press F5.</translation>
    </message>
    <message>
        <source>在右边选一张券。</source>
        <translation>Choose a coupon at the right.</translation>
    </message>
    <message>
        <source>也可以直接把预览拖进微信聊天窗口</source>
        <translation>You can also drag the preview into a chat window</translation>
    </message>
    <message>
        <source> · 分享会自动记到{name}的时间线, 发出后按 Y 才算联系</source>
        <translation> · The share goes onto {name}&apos;s timeline; it counts as a contact once you press Y</translation>
    </message>
    <message>
        <source> · 单买这件还差 {amount} 到门槛</source>
        <translation> · this item alone is {amount} short of the threshold</translation>
    </message>
    <message>
        <source>已复制图片, 到微信里按 Ctrl+V</source>
        <translation>Picture copied; press Ctrl+V in WeChat</translation>
    </message>
    <message>
        <source>已复制文案和链接</source>
        <translation>Text and link copied</translation>
    </message>
    <message>
        <source>已拖出海报</source>
        <translation>Poster dragged out</translation>
    </message>
    <message>
        <source>已送去打印</source>
        <translation>Sent to the printer</translation>
    </message>
    <message>
        <source>已存为文件</source>
        <translation>Saved as file</translation>
    </message>
    <message>
        <source>素材包已放好, 文案已复制</source>
        <translation>Pack saved, words copied</translation>
    </message>
    <message>
        <source> · 已记到{name}的时间线</source>
        <translation> · on {name}&apos;s timeline</translation>
    </message>
    <message>
        <source>现在没有正在进行的活动。活动随同步到来, 按 F5 同步一次。</source>
        <translation>No campaign is running. Campaigns come by sync: press F5.</translation>
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
    <name>SideFilter</name>
    <message>
        <source>跟进状态</source>
        <translation>Follow-up</translation>
    </message>
    <message>
        <source>标签 · {group}</source>
        <translation>Tags · {group}</translation>
    </message>
    <message>
        <source>我的</source>
        <translation>mine</translation>
    </message>
    <message>
        <source>{count} 位 · 同组选几个是任一, 不同组要同时有</source>
        <translation>Clients: {count} · several of a group: any of them; several groups: all of them</translation>
    </message>
</context>
<context>
    <name>SidePane</name>
    <message>
        <source>{size} 毫米放不下收银条码; 要条码请选 {others}。</source>
        <translation>{size} mm has no room for bars that a till scans; for those choose {others}.</translation>
    </message>
    <message>
        <source>改版式…</source>
        <translation>Edit template…</translation>
    </message>
    <message>
        <source>复制图片</source>
        <translation>Copy picture</translation>
    </message>
    <message>
        <source>复制文案+链接</source>
        <translation>Copy text + link</translation>
    </message>
    <message>
        <source>打印…</source>
        <translation>Print…</translation>
    </message>
    <message>
        <source>存为文件</source>
        <translation>Save as file</translation>
    </message>
    <message>
        <source>素材包</source>
        <translation>Pack</translation>
    </message>
    <message>
        <source>朋友圈素材包: 方图、海报和文案放进一个文件夹 (Ctrl+Shift+S)</source>
        <translation>Pack for one post: square pictures, poster and words in one folder (Ctrl+Shift+S)</translation>
    </message>
    <message>
        <source>毫米</source>
        <translation>mm</translation>
    </message>
    <message>
        <source>像素</source>
        <translation>px</translation>
    </message>
    <message>
        <source>版式</source>
        <translation>Template</translation>
    </message>
    <message>
        <source>附带优惠</source>
        <translation>Coupon</translation>
    </message>
    <message>
        <source>发给</source>
        <translation>To</translation>
    </message>
    <message>
        <source>文案 · 可改</source>
        <translation>Text · editable</translation>
    </message>
    <message>
        <source>链接</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>已签名, 离线也有效</source>
        <translation>Signed; works offline too</translation>
    </message>
</context>
<context>
    <name>SizeDialog</name>
    <message>
        <source>记一个尺码</source>
        <translation>Note a size</translation>
    </message>
    <message>
        <source>记下</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>不写就是所有品牌</source>
        <translation>Empty: any brand</translation>
    </message>
    <message>
        <source>什么尺码</source>
        <translation>Kind of size</translation>
    </message>
    <message>
        <source>哪个品牌</source>
        <translation>Brand</translation>
    </message>
    <message>
        <source>她说的尺码</source>
        <translation>Size as stated</translation>
    </message>
    <message>
        <source>记下今天的日期; 尺码留空就是收回以前说的。</source>
        <translation>Today&apos;s date is noted; an empty size takes back what was said.</translation>
    </message>
</context>
<context>
    <name>SopDialog</name>
    <message>
        <source>跟进流程 · {name}</source>
        <translation>Sequences · {name}</translation>
    </message>
    <message>
        <source>要开始的流程</source>
        <translation>Sequence to begin</translation>
    </message>
    <message>
        <source>没有别的流程可以开始</source>
        <translation>No other sequence to begin</translation>
    </message>
    <message>
        <source>开始</source>
        <translation>Begin</translation>
    </message>
    <message>
        <source>她的流程</source>
        <translation>Her sequences</translation>
    </message>
    <message>
        <source>步骤</source>
        <translation>Steps</translation>
    </message>
    <message>
        <source> 天</source>
        <translation> days</translation>
    </message>
    <message>
        <source>推迟几天</source>
        <translation>Days to put off</translation>
    </message>
    <message>
        <source>其余推迟</source>
        <translation>Put the rest off</translation>
    </message>
    <message>
        <source>停下</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>步骤到期时出现在今日; 推迟一步, 其余的一起往后。</source>
        <translation>Steps appear on Today when they are due; putting one off moves the rest.</translation>
    </message>
    <message>
        <source>{name} ({count} 步)</source>
        <translation>{name} (steps: {count})</translation>
    </message>
    <message>
        <source>已开始流程</source>
        <translation>Sequence begun</translation>
    </message>
    <message>
        <source>开始流程</source>
        <translation>Begin sequence</translation>
    </message>
    <message>
        <source>推迟流程</source>
        <translation>Put sequence off</translation>
    </message>
    <message>
        <source>停下流程</source>
        <translation>Stop sequence</translation>
    </message>
    <message>
        <source>她拒绝联系: 流程已歇下, 步骤不再出现在今日, 也不能开始新的。只有她本人重新同意后才接着走。</source>
        <translation>She refused contact: the sequence rests, its steps stay off Today, and no other can begin. It goes on only when she herself agrees again.</translation>
    </message>
    <message>
        <source>她撤回了营销同意: 流程已歇下, 步骤不出现在今日, 直到她本人重新同意。</source>
        <translation>She wants no marketing: the sequence rests and its steps stay off Today until she herself agrees again.</translation>
    </message>
    <message>
        <source>她已归档、有投诉或带着勿扰标签: 流程已歇下, 步骤不出现在今日。</source>
        <translation>She is archived, has a complaint or carries a tag that says not to disturb: the sequence rests and its steps stay off Today.</translation>
    </message>
    <message>
        <source>进行中</source>
        <translation>running</translation>
    </message>
    <message>
        <source>已歇下: 她拒绝联系</source>
        <translation>resting: she refused contact</translation>
    </message>
    <message>
        <source>已歇下: 她不要营销</source>
        <translation>resting: she wants no marketing</translation>
    </message>
    <message>
        <source>已歇下: 她不在名单上</source>
        <translation>resting: she is kept off the lists</translation>
    </message>
    <message>
        <source>已停下</source>
        <translation>stopped</translation>
    </message>
    <message>
        <source>已走完</source>
        <translation>finished</translation>
    </message>
    <message>
        <source>{name} · {state} · 完成 {done}/{count} 步</source>
        <translation>{name} · {state} · steps done: {done}/{count}</translation>
    </message>
    <message>
        <source>已做</source>
        <translation>done</translation>
    </message>
    <message>
        <source>该做了</source>
        <translation>due</translation>
    </message>
    <message>
        <source>未到</source>
        <translation>coming</translation>
    </message>
    <message>
        <source>已歇下</source>
        <translation>resting</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source> 毫米</source>
        <translation> mm</translation>
    </message>
    <message>
        <source>二维码已自检可识别</source>
        <translation>QR code checked: it scans</translation>
    </message>
    <message>
        <source>正在自检二维码…</source>
        <translation>checking the QR code…</translation>
    </message>
    <message>
        <source>实时预览 · {size} · {check}</source>
        <translation>Live preview · {size} · {check}</translation>
    </message>
    <message>
        <source> · 海报检查 {points} 分: {why}</source>
        <translation> · poster check {points}/100: {why}</translation>
    </message>
    <message>
        <source> · 这台电脑画不出「{signs}」, 海报上会缺, 请改掉</source>
        <translation> · this PC cannot draw “{signs}”: it would be missing, please change it</translation>
    </message>
</context>
<context>
    <name>StandingBar</name>
    <message>
        <source>下一个跟进状态 F9, 上一个 Shift+F9</source>
        <translation>Next follow-up state F9, previous Shift+F9</translation>
    </message>
    <message>
        <source>流程</source>
        <translation>Sequences</translation>
    </message>
    <message>
        <source>跟进流程: 开始、推迟、停下 (F8)</source>
        <translation>Sequences: begin, put off, stop (F8)</translation>
    </message>
    <message>
        <source>跟进流程</source>
        <translation>Sequences</translation>
    </message>
    <message>
        <source>跟进状态 {state}</source>
        <translation>Follow-up state {state}</translation>
    </message>
    <message>
        <source>标记投诉</source>
        <translation>Flag a complaint</translation>
    </message>
    <message>
        <source>投诉中</source>
        <translation>Complaint</translation>
    </message>
    <message>
        <source>停止服务</source>
        <translation>Blocked</translation>
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
    <message>
        <source>{name}（店长 {number}）</source>
        <translation>{name} (manager {number})</translation>
    </message>
</context>
<context>
    <name>StockMatrix</name>
    <message>
        <source>各颜色尺码的库存</source>
        <translation>Stock by colour and size</translation>
    </message>
</context>
<context>
    <name>StoreDialog</name>
    <message>
        <source>转到别的门店</source>
        <translation>Move to another store</translation>
    </message>
    <message>
        <source>办理转店</source>
        <translation>Move</translation>
    </message>
    <message>
        <source>如 客户搬家</source>
        <translation>e.g. the client has moved</translation>
    </message>
    <message>
        <source>客户</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>转到</source>
        <translation>To store</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>她的记录、任务、券和购买一起转走, 下次同步后从本店电脑移除。转店之前写的修改仍会跟过去。</source>
        <translation>Her notes, tasks, coupons and purchases go with her and leave this store&apos;s PCs after the next sync. Edits written before the move still follow her.</translation>
    </message>
</context>
<context>
    <name>SuggestionLine</name>
    <message>
        <source>结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>话术</source>
        <translation>Scripts</translation>
    </message>
    <message>
        <source>累计 {amount}</source>
        <translation>{amount} in all</translation>
    </message>
    <message>
        <source>预计 {gain} = 每单 {order} × {chance}%</source>
        <translation>likely {gain} = {order} an order × {chance}%</translation>
    </message>
    <message>
        <source>兑现了</source>
        <translation>Kept it</translation>
    </message>
    <message>
        <source>发消息</source>
        <translation>Message</translation>
    </message>
    <message>
        <source>打招呼</source>
        <translation>Welcome</translation>
    </message>
    <message>
        <source>发祝福</source>
        <translation>Send wishes</translation>
    </message>
    <message>
        <source>告诉她</source>
        <translation>Tell her</translation>
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
    <name>SyncFigures</name>
    <message>
        <source>没有要上传的改动</source>
        <translation>Nothing to upload</translation>
    </message>
    <message>
        <source>最早 {time} · 共 {size}</source>
        <translation>since {time} · {size}</translation>
    </message>
    <message>
        <source>待上传</source>
        <translation>To upload</translation>
    </message>
    <message>
        <source>大批删除 {count}</source>
        <translation>mass removal {count}</translation>
    </message>
    <message>
        <source>放不进来 {count}</source>
        <translation>odd {count}</translation>
    </message>
    <message>
        <source>连接或时间 {count}</source>
        <translation>connection or clock {count}</translation>
    </message>
    <message>
        <source>未能上交 {count}</source>
        <translation>refused {count}</translation>
    </message>
    <message>
        <source>被覆盖 {count}</source>
        <translation>overtaken {count}</translation>
    </message>
    <message>
        <source>需要处理</source>
        <translation>Needs attention</translation>
    </message>
    <message>
        <source>打开程序后还没有完成过同步</source>
        <translation>No round since the program was opened</translation>
    </message>
    <message>
        <source>用时 {seconds} 秒 · 收 {pulled} 条 发 {pushed} 条</source>
        <translation>{seconds} s · {pulled} received, {pushed} sent</translation>
    </message>
    <message>
        <source>上次联系总部</source>
        <translation>Last contact</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>刚修复了{names}</source>
        <translation>just repaired: {names}</translation>
    </message>
    <message>
        <source>数据校验</source>
        <translation>Data check</translation>
    </message>
    <message>
        <source>校验中</source>
        <translation>Checking</translation>
    </message>
    <message>
        <source>尚未比对</source>
        <translation>Not yet compared</translation>
    </message>
    <message>
        <source>一致</source>
        <translation>Equal</translation>
    </message>
    <message>
        <source>不一致</source>
        <translation>Different</translation>
    </message>
    <message>
        <source>品牌</source>
        <translation>brand</translation>
    </message>
    <message>
        <source>门店</source>
        <translation>store</translation>
    </message>
    <message>
        <source>{count} 条</source>
        <translation>{count}</translation>
    </message>
    <message>
        <source>照片 {count} 张</source>
        <translation>{count} photo[s]</translation>
    </message>
</context>
<context>
    <name>SyncNeeds</name>
    <message>
        <source>{what} 未被接受</source>
        <translation>{what} was refused</translation>
    </message>
    <message>
        <source>{time} 在本机完成</source>
        <translation>made here at {time}</translation>
    </message>
    <message>
        <source>查看处理办法</source>
        <translation>What to do</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>{who} 合并时选的{fields} 没有采用</source>
        <translation>{who}: {fields} chosen when merging did not stand</translation>
    </message>
    <message>
        <source>{who} 的{fields} 被较新的修改覆盖</source>
        <translation>{who}: {fields} overtaken by a later edit</translation>
    </message>
    <message>
        <source>本机</source>
        <translation>this PC</translation>
    </message>
    <message>
        <source>{who} {time} 修改</source>
        <translation>{who} wrote at {time}</translation>
    </message>
    <message>
        <source>恢复为 {value}</source>
        <translation>Restore {value}</translation>
    </message>
    <message>
        <source>恢复这 {count} 项</source>
        <translation>Restore these {count}</translation>
    </message>
    <message>
        <source>后改的为准</source>
        <translation>the later edit stands</translation>
    </message>
    <message>
        <source>先合并的为准</source>
        <translation>the first merge stands</translation>
    </message>
    <message>
        <source>只进不退</source>
        <translation>it never goes back</translation>
    </message>
    <message>
        <source>为什么</source>
        <translation>Why</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>改</source>
        <translation>E</translation>
    </message>
    <message>
        <source>总部要从本机删除 {count} 条{what}（占 {share}%）</source>
        <translation>Head office would remove {what}: {count} here ({share}%)</translation>
    </message>
    <message>
        <source>已允许，下次同步时删除。</source>
        <translation>Allowed; they go at the next sync.</translation>
    </message>
    <message>
        <source>删</source>
        <translation>D</translation>
    </message>
    <message>
        <source>已选择先不删，这些记录仍在本机。</source>
        <translation>Kept for now; these records are still here.</translation>
    </message>
    <message>
        <source>允许…</source>
        <translation>Allow…</translation>
    </message>
    <message>
        <source>{time} 发现 · 允许之前都留在本机；拿不准就先问店长或总部</source>
        <translation>met at {time} · they stay until allowed; if in doubt ask the manager or head office</translation>
    </message>
    <message>
        <source>先不删</source>
        <translation>Keep for now</translation>
    </message>
    <message>
        <source>收到但放不进来的记录 {count} 条</source>
        <translation>Records that came and could not be taken in: {count}</translation>
    </message>
    <message>
        <source>其余记录照常使用；总部改正或升级导购台之后会自动放进来。</source>
        <translation>All others work; these follow once head office mends them or Guide Desk is upgraded.</translation>
    </message>
    <message>
        <source>查看</source>
        <translation>Show</translation>
    </message>
    <message>
        <source>收</source>
        <translation>R</translation>
    </message>
    <message>
        <source>品牌资料</source>
        <translation>brand data</translation>
    </message>
    <message>
        <source>{store}资料</source>
        <translation>{store} data</translation>
    </message>
    <message>
        <source>门店资料</source>
        <translation>store data</translation>
    </message>
    <message>
        <source>重新接入…</source>
        <translation>Join again…</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>{hours} 小时 {minutes} 分</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{minutes} 分钟</source>
        <translation>{minutes} min</translation>
    </message>
    <message>
        <source>这台电脑的时间慢了 {much}</source>
        <translation>This PC&apos;s clock is {much} slow</translation>
    </message>
    <message>
        <source>这台电脑的时间快了 {much}</source>
        <translation>This PC&apos;s clock is {much} fast</translation>
    </message>
    <message>
        <source>记录按总部的时间保存，不会乱；请校正日期和时间。</source>
        <translation>Records are kept by head office&apos;s time, nothing is mixed up; please set date and time.</translation>
    </message>
    <message>
        <source>已校正，再试一次</source>
        <translation>Set right, try again</translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message>
        <source>需要你处理</source>
        <translation>Needs your decision</translation>
    </message>
    <message>
        <source>立即同步 F5</source>
        <translation>Sync now F5</translation>
    </message>
    <message>
        <source>等待上传</source>
        <translation>Waiting to be sent</translation>
    </message>
    <message>
        <source>全部已上交</source>
        <translation>Everything is sent</translation>
    </message>
    <message>
        <source>断网时的改动会排在这里，联网后自动上传。</source>
        <translation>Changes made offline queue here and are sent by themselves.</translation>
    </message>
    <message>
        <source>联网后按顺序自动上传</source>
        <translation>Sent in order as soon as there is a line</translation>
    </message>
    <message>
        <source>同步</source>
        <translation>Sync</translation>
    </message>
    <message>
        <source>断网照常工作，联网后一条不丢、一条不重</source>
        <translation>Work on offline; nothing is lost or doubled</translation>
    </message>
    <message>
        <source>读取同步状态</source>
        <translation>Reading the state of sync</translation>
    </message>
    <message>
        <source>改动已全部上交，还有照片</source>
        <translation>All changes handed in; photos still wait</translation>
    </message>
    <message>
        <source>客户和小票的照片在改动之后逐张上传；没有网络时留在本机。</source>
        <translation>Photos of clients and receipts go up one by one after the changes; without network they stay on this PC.</translation>
    </message>
</context>
<context>
    <name>SyncWords</name>
    <message>
        <source>改</source>
        <translation>E</translation>
    </message>
    <message>
        <source>修改（{kind}）</source>
        <translation>Change ({kind})</translation>
    </message>
    <message>
        <source>客</source>
        <translation>C</translation>
    </message>
    <message>
        <source>注</source>
        <translation>N</translation>
    </message>
    <message>
        <source>签</source>
        <translation>L</translation>
    </message>
    <message>
        <source>办</source>
        <translation>T</translation>
    </message>
    <message>
        <source>享</source>
        <translation>S</translation>
    </message>
    <message>
        <source>货</source>
        <translation>K</translation>
    </message>
    <message>
        <source>券</source>
        <translation>%</translation>
    </message>
    <message>
        <source>单</source>
        <translation>P</translation>
    </message>
    <message>
        <source>新客户</source>
        <translation>New client</translation>
    </message>
    <message>
        <source>客户资料</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>抹除客户</source>
        <translation>Erase client</translation>
    </message>
    <message>
        <source>合并客户</source>
        <translation>Merge client</translation>
    </message>
    <message>
        <source>撤销合并</source>
        <translation>Undo merge</translation>
    </message>
    <message>
        <source>转店</source>
        <translation>Transfer</translation>
    </message>
    <message>
        <source>跟进记录</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>打标签</source>
        <translation>Add tag</translation>
    </message>
    <message>
        <source>去标签</source>
        <translation>Remove tag</translation>
    </message>
    <message>
        <source>新待办</source>
        <translation>New task</translation>
    </message>
    <message>
        <source>待办进展</source>
        <translation>Task</translation>
    </message>
    <message>
        <source>完成待办</source>
        <translation>Task done</translation>
    </message>
    <message>
        <source>缺货登记</source>
        <translation>Note missing size</translation>
    </message>
    <message>
        <source>撤销缺货登记</source>
        <translation>Take a missing size back</translation>
    </message>
    <message>
        <source>留货或调货</source>
        <translation>Keep or transfer pieces</translation>
    </message>
    <message>
        <source>答复留货或调货</source>
        <translation>Answer a request for pieces</translation>
    </message>
    <message>
        <source>分享</source>
        <translation>Share</translation>
    </message>
    <message>
        <source>发券</source>
        <translation>Coupon for</translation>
    </message>
    <message>
        <source>转赠券</source>
        <translation>Coupon given on</translation>
    </message>
    <message>
        <source>核销</source>
        <translation>Redeem</translation>
    </message>
    <message>
        <source>小票照片</source>
        <translation>Receipt photo</translation>
    </message>
    <message>
        <source>心愿</source>
        <translation>Wish</translation>
    </message>
    <message>
        <source>关系</source>
        <translation>Relation</translation>
    </message>
    <message>
        <source>日子</source>
        <translation>Day to remember</translation>
    </message>
    <message>
        <source>说的尺码</source>
        <translation>Stated size</translation>
    </message>
    <message>
        <source>售后</source>
        <translation>Aftercare</translation>
    </message>
    <message>
        <source>分群</source>
        <translation>Segment</translation>
    </message>
    <message>
        <source>跟进流程</source>
        <translation>Follow-up sequence</translation>
    </message>
    <message>
        <source>话术</source>
        <translation>Script</translation>
    </message>
    <message>
        <source>复制的话</source>
        <translation>Copied words</translation>
    </message>
    <message>
        <source>购买</source>
        <translation>Purchase</translation>
    </message>
    <message>
        <source>购买明细</source>
        <translation>Purchase line</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>name</translation>
    </message>
    <message>
        <source>手机</source>
        <translation>phone</translation>
    </message>
    <message>
        <source>微信</source>
        <translation>WeChat</translation>
    </message>
    <message>
        <source>性别</source>
        <translation>sex</translation>
    </message>
    <message>
        <source>年龄段</source>
        <translation>age</translation>
    </message>
    <message>
        <source>主导购</source>
        <translation>guide in charge</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>source</translation>
    </message>
    <message>
        <source>联系意愿</source>
        <translation>contact consent</translation>
    </message>
    <message>
        <source>鞋码</source>
        <translation>shoe size</translation>
    </message>
    <message>
        <source>上装码</source>
        <translation>top size</translation>
    </message>
    <message>
        <source>偏好</source>
        <translation>preference</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>remark</translation>
    </message>
    <message>
        <source>跟进状态</source>
        <translation>follow-up state</translation>
    </message>
    <message>
        <source>星标</source>
        <translation>star</translation>
    </message>
    <message>
        <source>不做画像</source>
        <translation>no profiling</translation>
    </message>
    <message>
        <source>归档</source>
        <translation>archived</translation>
    </message>
    <message>
        <source>标题</source>
        <translation>title</translation>
    </message>
    <message>
        <source>内容</source>
        <translation>text</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>state</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>result</translation>
    </message>
    <message>
        <source>期限</source>
        <translation>due</translation>
    </message>
    <message>
        <source>完成时间</source>
        <translation>done at</translation>
    </message>
    <message>
        <source>客户</source>
        <translation>client</translation>
    </message>
    <message>
        <source>导购</source>
        <translation>guide</translation>
    </message>
    <message>
        <source>分组</source>
        <translation>group</translation>
    </message>
    <message>
        <source>类型</source>
        <translation>kind</translation>
    </message>
    <message>
        <source>优惠</source>
        <translation>discount</translation>
    </message>
    <message>
        <source>单号</source>
        <translation>receipt no.</translation>
    </message>
    <message>
        <source>金额</source>
        <translation>amount</translation>
    </message>
    <message>
        <source>券码</source>
        <translation>coupon code</translation>
    </message>
    <message>
        <source>券批次</source>
        <translation>coupon</translation>
    </message>
    <message>
        <source>会员等级</source>
        <translation>level</translation>
    </message>
    <message>
        <source>会员号</source>
        <translation>member no.</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>time</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>reason</translation>
    </message>
    <message>
        <source>合并到</source>
        <translation>merged into</translation>
    </message>
    <message>
        <source>转入门店</source>
        <translation>to store</translation>
    </message>
    <message>
        <source>接手导购</source>
        <translation>to guide</translation>
    </message>
    <message>
        <source>件数</source>
        <translation>pieces</translation>
    </message>
    <message>
        <source>总额</source>
        <translation>total</translation>
    </message>
    <message>
        <source>有货门店</source>
        <translation>store that has it</translation>
    </message>
    <message>
        <source>留到</source>
        <translation>kept until</translation>
    </message>
    <message>
        <source>答复</source>
        <translation>answer</translation>
    </message>
    <message>
        <source>标签</source>
        <translation>tag</translation>
    </message>
    <message>
        <source>待办</source>
        <translation>task</translation>
    </message>
    <message>
        <source>商品</source>
        <translation>product</translation>
    </message>
    <message>
        <source>规格</source>
        <translation>variant</translation>
    </message>
    <message>
        <source>库存</source>
        <translation>stock</translation>
    </message>
    <message>
        <source>生日</source>
        <translation>birthday</translation>
    </message>
    <message>
        <source>同意记录</source>
        <translation>consent record</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>（空）</source>
        <translation>(empty)</translation>
    </message>
    <message>
        <source>是</source>
        <translation>yes</translation>
    </message>
    <message>
        <source>否</source>
        <translation>no</translation>
    </message>
    <message>
        <source>其他导购</source>
        <translation>another guide</translation>
    </message>
    <message>
        <source>未征求联系意见</source>
        <translation>not asked</translation>
    </message>
    <message>
        <source>只接受一对一联系</source>
        <translation>one-to-one only</translation>
    </message>
    <message>
        <source>已同意接收优惠</source>
        <translation>offers welcome</translation>
    </message>
    <message>
        <source>已拒绝联系</source>
        <translation>refused</translation>
    </message>
    <message>
        <source>女</source>
        <translation>female</translation>
    </message>
    <message>
        <source>男</source>
        <translation>male</translation>
    </message>
    <message>
        <source>公历</source>
        <translation>solar</translation>
    </message>
    <message>
        <source>农历</source>
        <translation>lunar</translation>
    </message>
    <message>
        <source>留货</source>
        <translation>keep</translation>
    </message>
    <message>
        <source>调货</source>
        <translation>transfer</translation>
    </message>
    <message>
        <source>未完成</source>
        <translation>open</translation>
    </message>
    <message>
        <source>进行中</source>
        <translation>running</translation>
    </message>
    <message>
        <source>已停下</source>
        <translation>stopped</translation>
    </message>
    <message>
        <source>同意</source>
        <translation>agreed</translation>
    </message>
    <message>
        <source>没有了</source>
        <translation>none left</translation>
    </message>
    <message>
        <source>已完成</source>
        <translation>done</translation>
    </message>
    <message>
        <source>已取消</source>
        <translation>cancelled</translation>
    </message>
    <message>
        <source>已满足</source>
        <translation>fulfilled</translation>
    </message>
    <message>
        <source>不再要</source>
        <translation>no longer wanted</translation>
    </message>
    <message>
        <source>发出了</source>
        <translation>sent</translation>
    </message>
    <message>
        <source>没有发出</source>
        <translation>not sent</translation>
    </message>
    <message>
        <source>这张券已在别处核销。向客户说明，改用其他优惠；确认无误后放弃这条记录。</source>
        <translation>This coupon was redeemed elsewhere. Explain it to the client and offer something else; then discard this record.</translation>
    </message>
    <message>
        <source>请店长向总部申请补发一张，再为客户核销；这条记录可以放弃。</source>
        <translation>Ask your manager for a replacement from head office and redeem that one; this record can be discarded.</translation>
    </message>
    <message>
        <source>请客户出示券码再核对一次；不是本品牌的券就放弃。</source>
        <translation>Have the client show the code again; discard this if it is not one of our coupons.</translation>
    </message>
    <message>
        <source>核对小票金额后改好重交；金额确实不够就放弃。</source>
        <translation>Check the amount on the receipt, correct it and resend; if it is too low indeed, discard.</translation>
    </message>
    <message>
        <source>换一批还有余量的券发给客户；这条记录可以放弃。</source>
        <translation>Give the client a coupon that is still available; this record can be discarded.</translation>
    </message>
    <message>
        <source>先处理投诉或请店长解除停止服务，再发券；这条记录可以放弃。</source>
        <translation>Settle the complaint first, or ask the manager to lift the block, then give the coupon; this record can be dropped.</translation>
    </message>
    <message>
        <source>客户已有这批券，可直接使用；这条记录可以放弃。</source>
        <translation>The client holds this coupon already and can use it; this record can be discarded.</translation>
    </message>
    <message>
        <source>请客户自己在会员页重新同意联系；这条修改可以放弃。</source>
        <translation>Ask the client to agree again on the member page; this change can be discarded.</translation>
    </message>
    <message>
        <source>客户已转到其他门店，请联系对方门店；需要时先导出留底。</source>
        <translation>The client moved to another store: talk to them; export this first if you need it.</translation>
    </message>
    <message>
        <source>记录已按客户要求删除，不能再改；请放弃这条修改。</source>
        <translation>The record was erased at the client’s request and cannot change any more; discard this change.</translation>
    </message>
    <message>
        <source>核对下面的内容，改好后重交。</source>
        <translation>Check what stands below, correct it and resend.</translation>
    </message>
    <message>
        <source>总部已取消这项任务，不用再做；这条修改可以放弃。</source>
        <translation>Head office has cancelled this task, nothing is left to do; this change can be discarded.</translation>
    </message>
    <message>
        <source>请店长登录后办理转店；这条修改可以放弃。</source>
        <translation>Have the manager log in and make the transfer; this change can be discarded.</translation>
    </message>
    <message>
        <source>核对要转入的门店后改好重交。</source>
        <translation>Check the store to move to, correct it and submit again.</translation>
    </message>
    <message>
        <source>请重新选择要合并到的客户；这条修改可以放弃。</source>
        <translation>Choose the client to merge into once more; this change can be discarded.</translation>
    </message>
    <message>
        <source>合并满 30 天后不能撤销；请新建客户，再放弃这条修改。</source>
        <translation>A merge cannot be undone after 30 days; add a new client, then drop this change.</translation>
    </message>
    <message>
        <source>那家门店不在本区域。请改向区域内有货的门店重新提出（商品页 F9）；这条可以放弃。</source>
        <translation>That store is not in this region. Ask a store of the region that has it instead (F9 on the products page); this one can be dropped.</translation>
    </message>
    <message>
        <source>由有货门店的店长答复，由提出的门店取消或收货。请该办的人在「留货与调货」里办；这条可以放弃。</source>
        <translation>The manager of the store that has it answers; the store that asked takes it back or receives it. Have the right person do it under “Kept and transferred”; this one can be dropped.</translation>
    </message>
    <message>
        <source>别人已先答复，先到总部的为准。结果见「留货与调货」；还要就重新提出，这条可以放弃。</source>
        <translation>Somebody answered before; what reached head office first stands. See “Kept and transferred”; ask anew if it is still wanted. This one can be dropped.</translation>
    </message>
    <message>
        <source>对方要的时间已过，同意不再算数。货还在就请对方重新提出；这条可以放弃。</source>
        <translation>The time they asked for is over, so agreeing no longer counts. If the piece is still there, have them ask anew; this one can be dropped.</translation>
    </message>
    <message>
        <source>总部已留下这条修改，修好后会自动收下，这里会自己消失；不用重做，也可先导出留底。</source>
        <translation>Head office keeps this change and takes it in once mended; it will vanish here by itself. Nothing need be done again; export a copy if you like.</translation>
    </message>
    <message>
        <source>核对内容后重交；若总部仍不接受，先导出留底，再放弃并告诉总部支持。</source>
        <translation>Check and resend; if it is refused again, export it, discard it and tell support.</translation>
    </message>
    <message>
        <source>标签错了</source>
        <translation>Tag marked wrong</translation>
    </message>
    <message>
        <source>标签没错</source>
        <translation>Tag no longer marked wrong</translation>
    </message>
    <message>
        <source>加入分群</source>
        <translation>Added to segment</translation>
    </message>
    <message>
        <source>移出分群</source>
        <translation>Taken out of segment</translation>
    </message>
    <message>
        <source>给谁买的</source>
        <translation>Bought for whom</translation>
    </message>
    <message>
        <source>收藏</source>
        <translation>Favourite</translation>
    </message>
    <message>
        <source>取消收藏</source>
        <translation>Favourite dropped</translation>
    </message>
    <message>
        <source>搭配</source>
        <translation>Look</translation>
    </message>
    <message>
        <source>本店版式</source>
        <translation>Store template</translation>
    </message>
    <message>
        <source>查看或导出的记录</source>
        <translation>Record of a look or an export</translation>
    </message>
    <message>
        <source>领离线券额度</source>
        <translation>Offline allotment asked for</translation>
    </message>
    <message>
        <source>交还离线券额度</source>
        <translation>Offline allotment given back</translation>
    </message>
</context>
<context>
    <name>TableDialog</name>
    <message>
        <source>派任务</source>
        <translation>Give tasks</translation>
    </message>
    <message>
        <source>名单名称</source>
        <translation>Name of the list</translation>
    </message>
    <message>
        <source>存为固定名单</source>
        <translation>Keep as fixed list</translation>
    </message>
    <message>
        <source>已选 {count} 位</source>
        <translation>{count} marked</translation>
    </message>
    <message>
        <source>全部 {count} 位 (空格键或双击标记, 点列名或 Ctrl+1-7 排序)</source>
        <translation>All {count} (Space or a double click marks; click a title or Ctrl+1-7 to sort)</translation>
    </message>
    <message>
        <source>不联系: {reasons}</source>
        <translation>left out: {reasons}</translation>
    </message>
    <message>
        <source>可联系 {n} 位</source>
        <translation>{n} may be contacted</translation>
    </message>
    <message>
        <source>派任务给 {count} 位</source>
        <translation>Task for {count}</translation>
    </message>
</context>
<context>
    <name>TagActions</name>
    <message>
        <source>已打标签</source>
        <translation>Tagged</translation>
    </message>
    <message>
        <source>打标签</source>
        <translation>Tag</translation>
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
        <source>「{name}」不再自动加</source>
        <translation>“{name}” is no longer added by rules</translation>
    </message>
    <message>
        <source>说过不对</source>
        <translation>said to be wrong</translation>
    </message>
    <message>
        <source>「{name}」又可以自动加</source>
        <translation>“{name}” may be added by rules again</translation>
    </message>
</context>
<context>
    <name>TagChip</name>
    <message>
        <source>去掉标签 {name}</source>
        <translation>Remove tag {name}</translation>
    </message>
</context>
<context>
    <name>TagPicker</name>
    <message>
        <source>单选</source>
        <translation>one only</translation>
    </message>
    <message>
        <source>常用 · 按数字键</source>
        <translation>Usual · press the number</translation>
    </message>
    <message>
        <source>新标签</source>
        <translation>New tag</translation>
    </message>
    <message>
        <source>打上新标签「{name}」</source>
        <translation>Hang new tag “{name}”</translation>
    </message>
    <message>
        <source>已打上</source>
        <translation>hung</translation>
    </message>
    <message>
        <source>我的标签</source>
        <translation>My tags</translation>
    </message>
    <message>
        <source>仅自己可见</source>
        <translation>Only I see it</translation>
    </message>
    <message>
        <source>打标签</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>标签名、拼音或首字母; 数字键选常用</source>
        <translation>Name, pinyin or initials; a number for a usual one</translation>
    </message>
    <message>
        <source>找标签</source>
        <translation>Find a tag</translation>
    </message>
    <message>
        <source>标签</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>到期自动去掉</source>
        <translation>Ends on</translation>
    </message>
    <message>
        <source>到期日</source>
        <translation>Last day</translation>
    </message>
    <message>
        <source>打上</source>
        <translation>Hang</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>上下键选, 回车打上; 已打上的再回车取下</source>
        <translation>Arrows choose, Enter hangs; on a ticked one it takes it off</translation>
    </message>
    <message>
        <source>取下</source>
        <translation>Take off</translation>
    </message>
</context>
<context>
    <name>TagSource</name>
    <message>
        <source>总部规则自动打的</source>
        <translation>Hung by a rule of head office</translation>
    </message>
    <message>
        <source>{guide} 打的</source>
        <translation>Hung by {guide}</translation>
    </message>
    <message>
        <source>总部带来的</source>
        <translation>Came from head office</translation>
    </message>
    <message>
        <source>为什么: {why}</source>
        <translation>Why: {why}</translation>
    </message>
    <message>
        <source>到 {day} 自动去掉</source>
        <translation>Goes by itself after {day}</translation>
    </message>
    <message>
        <source>仅自己可见</source>
        <translation>Only I see it</translation>
    </message>
    <message>
        <source>不进名单, 不派任务</source>
        <translation>Kept off lists and tasks</translation>
    </message>
</context>
<context>
    <name>TagSources</name>
    <message>
        <source>标签来历 · {name}</source>
        <extracomment>Id, name and reason of a tag that no rule hangs again.</extracomment>
        <translation>Where the tags come from · {name}</translation>
    </message>
    <message>
        <source>客户可以要求看这些标签, 也可以说哪一个不对。说过不对的, 自动规则不再打。</source>
        <translation>The client may ask to see these tags and may say that one is wrong. Rules never hang such a tag again.</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>还没有标签。按 F7 打一个。</source>
        <translation>No tags yet. Press F7 to hang one.</translation>
    </message>
    <message>
        <source>说过不对的</source>
        <translation>Said to be wrong</translation>
    </message>
    <message>
        <source>自动规则不再打</source>
        <translation>rules hang them no more</translation>
    </message>
    <message>
        <source>去掉</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>去掉标签 {name}</source>
        <translation>Remove tag {name}</translation>
    </message>
    <message>
        <source>不对, 不再自动加</source>
        <translation>Wrong: no rule again</translation>
    </message>
    <message>
        <source>标签 {name} 不对, 不再自动加</source>
        <translation>Tag {name} is wrong: no rule again</translation>
    </message>
    <message>
        <source>收回</source>
        <translation>Take back</translation>
    </message>
    <message>
        <source>收回: 标签 {name} 不对</source>
        <translation>Take back that tag {name} is wrong</translation>
    </message>
</context>
<context>
    <name>TagStrip</name>
    <message>
        <source>+ 标签</source>
        <translation>+ Tag</translation>
    </message>
    <message>
        <source>添加标签</source>
        <translation>Add tag</translation>
    </message>
    <message>
        <source>选标签</source>
        <translation>Choose</translation>
    </message>
    <message>
        <source>从标签列表里选 (F7)</source>
        <translation>Choose from the list of tags (F7)</translation>
    </message>
    <message>
        <source>来历</source>
        <translation>Sources</translation>
    </message>
    <message>
        <source>每个标签从哪里来 (Shift+F7)</source>
        <translation>Where each tag comes from (Shift+F7)</translation>
    </message>
</context>
<context>
    <name>TakeDialog</name>
    <message>
        <source>导出我的客户</source>
        <translation>Export my clients</translation>
    </message>
    <message>
        <source>导出 (会记录)</source>
        <translation>Export (logged)</translation>
    </message>
    <message>
        <source>Excel (XLSX)</source>
        <translation>Excel (XLSX)</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>手机通讯录 (vCard 4.0)</source>
        <translation>Phone contacts (vCard 4.0)</translation>
    </message>
    <message>
        <source>给程序读 (JSON)</source>
        <translation>For programs (JSON)</translation>
    </message>
    <message>
        <source>至少 {count} 个字; 留空则不加密</source>
        <translation>length {count} or more; empty: not encrypted</translation>
    </message>
    <message>
        <source>如 双十一回访名单</source>
        <translation>e.g. list for the November calls</translation>
    </message>
    <message>
        <source>选择…</source>
        <translation>Choose…</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>格式</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>列</source>
        <translation>Columns</translation>
    </message>
    <message>
        <source>密码</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>再输一次</source>
        <translation>Once more</translation>
    </message>
    <message>
        <source>文件</source>
        <translation>File</translation>
    </message>
    <message>
        <source>批准的店长 (工号)</source>
        <translation>Approving manager (staff no.)</translation>
    </message>
    <message>
        <source>店长 PIN</source>
        <translation>Manager&apos;s PIN</translation>
    </message>
    <message>
        <source>我的客户</source>
        <translation>my-clients</translation>
    </message>
    <message>
        <source>导出到</source>
        <translation>Export to</translation>
    </message>
    <message>
        <source>每一行都有导出人、时间和编号; 总部的日志记下原因和行数。用完请删除。</source>
        <translation>Every row names who exported it, when and in which export; head office&apos;s log keeps the reason and the rows. Delete it after use.</translation>
    </message>
    <message>
        <source>密码至少 {count} 个字。</source>
        <translation>The password must have length {count} or more.</translation>
    </message>
    <message>
        <source>两次输入的密码不同。</source>
        <translation>The two passwords differ.</translation>
    </message>
    <message>
        <source> 打开: guide open 文件 --out 新文件, 或 age --decrypt。忘了密码无法找回。</source>
        <translation> To open: guide open FILE --out NEW, or age --decrypt. A forgotten password cannot be got back.</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>{count} 位客户已导出到 {file} · 编号 {number}</source>
        <translation>Clients exported: {count}, to {file} · no. {number}</translation>
    </message>
    <message>
        <source>将导出自己的 {count} 位客户。</source>
        <translation>This exports {count} client[s] of your own. </translation>
    </message>
    <message>
        <source>24 小时内已导出 {count} 行。</source>
        <translation>You exported {count} row[s] within 24 hours. </translation>
    </message>
    <message>
        <source>超过 {limit} 行, 须由另一位店长批准。</source>
        <translation>More than {limit} row[s] need the approval of another manager.</translation>
    </message>
</context>
<context>
    <name>TaskDialog</name>
    <message>
        <source>给「{name}」派任务</source>
        <translation>A task for “{name}”</translation>
    </message>
    <message>
        <source>派给 {count} 位</source>
        <translation>Give it for {count}</translation>
    </message>
    <message>
        <source>联系「{name}」</source>
        <translation>Get in touch: {name}</translation>
    </message>
    <message>
        <source>做什么</source>
        <translation>What to do</translation>
    </message>
    <message>
        <source> 天内</source>
        <translation> days</translation>
    </message>
    <message>
        <source>期限</source>
        <translation>Due in</translation>
    </message>
</context>
<context>
    <name>TaskLine</name>
    <message>
        <source>结果</source>
        <translation>Result</translation>
    </message>
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
        <translation>{days} day[s] overdue</translation>
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
    <name>TeamCard</name>
    <message>
        <source>本店电脑</source>
        <translation>PCs of this store</translation>
    </message>
    <message>
        <source>{name} · {day} 登记 · 尾号 {tail}</source>
        <translation>{name} · enrolled {day} · ends in {tail}</translation>
    </message>
    <message>
        <source>{name}（本机以前的登记）</source>
        <translation>{name} (this PC&apos;s former enrolment)</translation>
    </message>
    <message>
        <source>{name}（本机）</source>
        <translation>{name} (this PC)</translation>
    </message>
    <message>
        <source>本机</source>
        <translation>this PC</translation>
    </message>
    <message>
        <source>已停用</source>
        <translation>shut out</translation>
    </message>
    <message>
        <source>若没有别的电脑在用, 请总部停用</source>
        <translation>If no other PC uses it, have head office revoke it</translation>
    </message>
    <message>
        <source>还没有联系过总部</source>
        <translation>no contact yet</translation>
    </message>
    <message>
        <source>待传 {count}</source>
        <translation>{count} waiting</translation>
    </message>
</context>
<context>
    <name>TeamDialog</name>
    <message>
        <source>本店任务</source>
        <translation>The store&apos;s tasks</translation>
    </message>
    <message>
        <source>导购</source>
        <translation>Guide</translation>
    </message>
    <message>
        <source>未完成</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>逾期</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <source>近 30 天完成</source>
        <translation>Done in 30 days</translation>
    </message>
    <message>
        <source>按时</source>
        <translation>In time</translation>
    </message>
    <message>
        <source>未完成的任务</source>
        <translation>Open tasks</translation>
    </message>
    <message>
        <source>做什么</source>
        <translation>What</translation>
    </message>
    <message>
        <source>客户</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>期限</source>
        <translation>Due</translation>
    </message>
    <message>
        <source>转给</source>
        <translation>Hand to</translation>
    </message>
    <message>
        <source>转选中的</source>
        <translation>Hand over selected</translation>
    </message>
    <message>
        <source>全部转走</source>
        <translation>Hand over all</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>按时: 近 {days} 天有期限的任务里按期完成的, 逾期未做的也算在内</source>
        <translation>In time: of the tasks with a day in the last {days} d those done by it; overdue ones count too</translation>
    </message>
    <message>
        <source>已转 {count} 项任务</source>
        <translation>Tasks handed over: {count}</translation>
    </message>
    <message>
        <source>转任务</source>
        <translation>Hand tasks over</translation>
    </message>
    <message>
        <source>催办</source>
        <translation>Urged</translation>
    </message>
</context>
<context>
    <name>TemplateEditor</name>
    <message>
        <source>改版式 · 总部草稿</source>
        <translation>Edit template · head office draft</translation>
    </message>
    <message>
        <source>改版式</source>
        <translation>Edit template</translation>
    </message>
    <message>
        <source>版式里的各项</source>
        <translation>Elements of the template</translation>
    </message>
    <message>
        <source>添加</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>重做</source>
        <translation>Redo</translation>
    </message>
    <message>
        <source>导入…</source>
        <translation>Import…</translation>
    </message>
    <message>
        <source>导出…</source>
        <translation>Export…</translation>
    </message>
    <message>
        <source>存为新版本</source>
        <translation>Save as new version</translation>
    </message>
    <message>
        <source>收回这一版</source>
        <translation>Withdraw this version</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Enter 改属性, Esc 回到列表 · Alt+方向键移动 · Ctrl+↑↓ 换层 · Ctrl+D 复制 · Del 删除</source>
        <translation>Enter to the properties, Esc back to the list · Alt+arrows move · Ctrl+↑↓ layer · Ctrl+D copy · Del remove</translation>
    </message>
    <message>
        <source>版式 · 名称和颜色</source>
        <translation>Template · name and colours</translation>
    </message>
    <message>
        <source>{element} (总部锁定)</source>
        <translation>{element} (locked by head office)</translation>
    </message>
    <message>
        <source>总部锁定了这一项, 门店不能移动或修改。</source>
        <translation>Head office locked this element; stores cannot move or change it.</translation>
    </message>
    <message>
        <source> 等 {count} 处</source>
        <translation> and more, {count} in all</translation>
    </message>
    <message>
        <source>正在自检二维码…</source>
        <translation>Checking the QR code…</translation>
    </message>
    <message>
        <source>二维码已自检可识别 · 海报检查 {points} 分</source>
        <translation>The QR code reads · poster check {points}/100</translation>
    </message>
    <message>
        <source>这些修改还没有存为新版本, 也没有导出, 关掉就没有了。</source>
        <translation>These changes have been neither kept as a version nor exported; closing loses them.</translation>
    </message>
    <message>
        <source>放弃修改？</source>
        <translation>Drop the changes?</translation>
    </message>
    <message>
        <source>放弃修改</source>
        <translation>Drop changes</translation>
    </message>
    <message>
        <source>组里的单项不能删; 可以删整组, 或把它的内容清空。</source>
        <translation>A part of a group cannot be removed; remove the group, or empty the text.</translation>
    </message>
    <message>
        <source>导入版式</source>
        <translation>Import template</translation>
    </message>
    <message>
        <source>打不开「{file}」: {why}</source>
        <translation>Cannot open “{file}”: {why}</translation>
    </message>
    <message>
        <source>导出版式</source>
        <translation>Export template</translation>
    </message>
    <message>
        <source>写不进「{file}」: {why}</source>
        <translation>Cannot write “{file}”: {why}</translation>
    </message>
    <message>
        <source>已导出「{file}」</source>
        <translation>Exported “{file}”</translation>
    </message>
</context>
<context>
    <name>TemplateWords</name>
    <message>
        <source>色块</source>
        <translation>Block</translation>
    </message>
    <message>
        <source>渐变</source>
        <translation>Gradient</translation>
    </message>
    <message>
        <source>商品图</source>
        <translation>Product photo</translation>
    </message>
    <message>
        <source>搭配的各件</source>
        <translation>Items of the look</translation>
    </message>
    <message>
        <source>文字</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>标签</source>
        <translation>Chip</translation>
    </message>
    <message>
        <source>价格</source>
        <translation>Price</translation>
    </message>
    <message>
        <source>二维码</source>
        <translation>QR code</translation>
    </message>
    <message>
        <source>商品条码</source>
        <translation>Product barcode</translation>
    </message>
    <message>
        <source>导购头像</source>
        <translation>Guide avatar</translation>
    </message>
    <message>
        <source>线</source>
        <translation>Line</translation>
    </message>
    <message>
        <source>一组</source>
        <translation>Group</translation>
    </message>
    <message>
        <source>{count} 项</source>
        <translation>Items: {count}</translation>
    </message>
    <message>
        <source>页脚 · {text}</source>
        <translation>Footer · {text}</translation>
    </message>
    <message>
        <source>导购名片 · {text}</source>
        <translation>Guide card · {text}</translation>
    </message>
    <message>
        <source>超出安全边距</source>
        <translation>leaves the safe area</translation>
    </message>
    <message>
        <source>缺少位置</source>
        <translation>has no place</translation>
    </message>
    <message>
        <source>搭配版式要有「搭配的各件」</source>
        <translation>a template for looks needs the items of the look</translation>
    </message>
    <message>
        <source>要有一个二维码 (有商品条码的可以没有), 不能更多</source>
        <translation>One QR code is needed (none where there is a product barcode), not more</translation>
    </message>
    <message>
        <source>组内各项的位置由组决定</source>
        <translation>a group places its parts</translation>
    </message>
    <message>
        <source>花括号里的名字不认识</source>
        <translation>unknown name between braces</translation>
    </message>
    <message>
        <source>颜色不认识</source>
        <translation>unknown colour</translation>
    </message>
    <message>
        <source>二维码四周留白不足 4 格</source>
        <translation>quiet zone of less than 4 modules</translation>
    </message>
    <message>
        <source>二维码太小, 每格不到 0.33 毫米 (或 3 像素)</source>
        <translation>QR code too small: modules under 0.33 mm (or 3 px)</translation>
    </message>
    <message>
        <source>太小, 放不下收银扫得出的条码</source>
        <translation>Too small for a barcode that the till can scan</translation>
    </message>
    <message>
        <source>条码太矮, 收银难扫</source>
        <translation>The barcode is too low for the till to scan</translation>
    </message>
    <message>
        <source>二维码深浅对比不足 4.5</source>
        <translation>contrast of the QR code under 4.5</translation>
    </message>
    <message>
        <source>二维码深浅颠倒</source>
        <translation>QR code is light on dark</translation>
    </message>
    <message>
        <source>总部锁定的部分被移动、修改或删除</source>
        <translation>a part locked by head office was moved, changed or removed</translation>
    </message>
    <message>
        <source>盖住了总部锁定的部分</source>
        <translation>covers a part locked by head office</translation>
    </message>
    <message>
        <source>原来的版式不再提供</source>
        <translation>the template it was made from is not offered any more</translation>
    </message>
    <message>
        <source>格式不对</source>
        <translation>wrong format</translation>
    </message>
    <message>
        <source>中</source>
        <translation>Middle</translation>
    </message>
    <message>
        <source>左</source>
        <translation>Left</translation>
    </message>
    <message>
        <source>右</source>
        <translation>Right</translation>
    </message>
    <message>
        <source>上</source>
        <translation>Top</translation>
    </message>
    <message>
        <source>下</source>
        <translation>Bottom</translation>
    </message>
    <message>
        <source>自动</source>
        <translation>Automatic</translation>
    </message>
    <message>
        <source>铺满</source>
        <translation>Fill</translation>
    </message>
    <message>
        <source>完整</source>
        <translation>Whole</translation>
    </message>
</context>
<context>
    <name>TimelineTab</name>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>记录</source>
        <translation>Notes</translation>
    </message>
    <message>
        <source>购买</source>
        <translation>Purchases</translation>
    </message>
    <message>
        <source>分享</source>
        <translation>Shares</translation>
    </message>
    <message>
        <source>券</source>
        <translation>Coupons</translation>
    </message>
    <message>
        <source>任务</source>
        <translation>Tasks</translation>
    </message>
    <message>
        <source>售后</source>
        <translation>Aftercare</translation>
    </message>
    <message>
        <source>谁写的</source>
        <translation>Written by</translation>
    </message>
    <message>
        <source>全部导购</source>
        <translation>All guides</translation>
    </message>
    <message>
        <source>还没有记录。记一笔或发一张海报, 就从这里开始。</source>
        <translation>Nothing yet. Write a note or send a poster to begin.</translation>
    </message>
    <message>
        <source>没有这一类记录。</source>
        <translation>Nothing of this kind.</translation>
    </message>
</context>
<context>
    <name>TodayPage</name>
    <message>
        <source>打印名单</source>
        <translation>Print list</translation>
    </message>
    <message>
        <source>A5 名单, 号码打码 (Ctrl+P)</source>
        <translation>A5 list, numbers masked (Ctrl+P)</translation>
    </message>
    <message>
        <source>本店任务</source>
        <translation>Whole store</translation>
    </message>
    <message>
        <source>全店的任务: 谁有多少、按时多少, 转给别人 (Ctrl+T)</source>
        <translation>The whole store&apos;s tasks: who has how many, how many in time, hand them over (Ctrl+T)</translation>
    </message>
    <message>
        <source>日历…</source>
        <translation>Calendar…</translation>
    </message>
    <message>
        <source>自己客户的生日、日子、承诺和任务, 写成手机日历文件 (.ics)</source>
        <translation>Your own clients&apos; birthdays, dates, promises and tasks as a calendar file (.ics)</translation>
    </message>
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
        <source>星期一 星期二 星期三 星期四 星期五 星期六 星期日</source>
        <translation>Monday Tuesday Wednesday Thursday Friday Saturday Sunday</translation>
    </message>
    <message>
        <source>{month} 月 {day} 日 {weekday}</source>
        <translation>{weekday}, {month}/{day}</translation>
    </message>
    <message>
        <source>今日</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>今天{name}</source>
        <translation>{name} today</translation>
    </message>
    <message>
        <source>明天{name}</source>
        <translation>{name} tomorrow</translation>
    </message>
    <message>
        <source>{days} 天后{name}</source>
        <translation>{name} in {days} day[s]</translation>
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
        <translation>{orders} order[s] · {shared} through shares</translation>
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
        <translation>{arrow} {points} pp</translation>
    </message>
    <message>
        <source>记下结果</source>
        <translation>Note the result</translation>
    </message>
    <message>
        <source>改期</source>
        <translation>Postpone</translation>
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
    <name>Twins</name>
    <message>
        <source>{count} 对可能是同一个人</source>
        <translation>Pairs that may be the same person: {count}</translation>
    </message>
</context>
<context>
    <name>UnmergeDialog</name>
    <message>
        <source>撤销合并</source>
        <translation>Undo merge</translation>
    </message>
    <message>
        <source>{at} 并入</source>
        <translation>merged {at}</translation>
    </message>
    <message>
        <source>要分开的客户</source>
        <translation>Client to take apart</translation>
    </message>
    <message>
        <source>现在是</source>
        <translation>Now</translation>
    </message>
    <message>
        <source>要分开的</source>
        <translation>Take apart</translation>
    </message>
    <message>
        <source>各自拿回合并前自己的资料和记录; 合并以后写下的留在现在这位名下。</source>
        <translation>Each gets back the data and records that were hers; what was written since the merge stays with this one.</translation>
    </message>
</context>
<context>
    <name>VerdictCard</name>
    <message>
        <source>{tenths} 折</source>
        <translation>{percent}% off</translation>
    </message>
    <message>
        <source>第 {n} 件</source>
        <translation>Item {n}</translation>
    </message>
    <message>
        <source>兑换</source>
        <translation>Gift</translation>
    </message>
    <message>
        <source>运费</source>
        <translation>Freight</translation>
    </message>
    <message>
        <source>核销 Enter</source>
        <translation>Redeem Enter</translation>
    </message>
    <message>
        <source>转赠… F9</source>
        <translation>Give on… F9</translation>
    </message>
    <message>
        <source>转赠给朋友</source>
        <translation>Give to a friend</translation>
    </message>
    <message>
        <source>等待券码</source>
        <translation>Waiting for a code</translation>
    </message>
    <message>
        <source>扫一扫、输入或粘贴客户的券码, 就知道能不能用。</source>
        <translation>Scan, type or paste the client&apos;s code to see whether it can be used.</translation>
    </message>
    <message>
        <source>{count} 张券同用</source>
        <translation>Coupons together: {count}</translation>
    </message>
    <message>
        <source>作废名单更新于 {age}</source>
        <translation>recall list {age}</translation>
    </message>
    <message>
        <source>还没有收到作废名单</source>
        <translation>no recall list yet</translation>
    </message>
    <message>
        <source>离线核销额度剩 {count} 张 / {amount}</source>
        <translation>offline room {count} / {amount}</translation>
    </message>
    <message>
        <source>签名有效</source>
        <translation>Signature valid</translation>
    </message>
    <message>
        <source>{guide} {day} 发出</source>
        <translation>given by {guide} on {day}</translation>
    </message>
    <message>
        <source>{day} 领取</source>
        <translation>claimed {day}</translation>
    </message>
    <message>
        <source>长期有效</source>
        <translation>no end date</translation>
    </message>
    <message>
        <source>{day} 前有效</source>
        <translation>valid until {day}</translation>
    </message>
    <message>
        <source>已核销, 等总部确认</source>
        <translation>redeemed, awaiting head office</translation>
    </message>
    <message>
        <source>总部没有接受</source>
        <translation>not accepted by head office</translation>
    </message>
    <message>
        <source>总部没有接受: 之前已在别处核销</source>
        <translation>not accepted: redeemed elsewhere before</translation>
    </message>
    <message>
        <source>已核销</source>
        <translation>redeemed</translation>
    </message>
    <message>
        <source>优惠 {amount}</source>
        <translation>{amount} off</translation>
    </message>
    <message>
        <source>联网后自动上报, 不用再操作</source>
        <translation>reported once online; nothing more to do</translation>
    </message>
    <message>
        <source>券码校验无误</source>
        <translation>Code checked</translation>
    </message>
    <message>
        <source>本机未核销过</source>
        <translation>not redeemed on this PC</translation>
    </message>
    <message>
        <source>单上 {laid} 张券里有 {wrong} 张不能用</source>
        <translation>On the bill: {laid}, not usable: {wrong}</translation>
    </message>
    <message>
        <source>可用</source>
        <translation>usable</translation>
    </message>
    <message>
        <source>不能用</source>
        <translation>cannot be used</translation>
    </message>
    <message>
        <source>本机没有这张券, 正在问总部…</source>
        <translation>Not on this PC. Asking head office…</translation>
    </message>
    <message>
        <source>不想等就按 Esc, 或扫她手机上的二维码。</source>
        <translation>Esc stops waiting; or scan the QR code on her phone.</translation>
    </message>
</context>
<context>
    <name>WaitingDelegate</name>
    <message>
        <source>排队</source>
        <translation>queued</translation>
    </message>
    <message>
        <source>链接已签名，客户现在就能打开</source>
        <translation>the link is signed and works already</translation>
    </message>
</context>
<context>
    <name>WhoseCard</name>
    <message>
        <source>这单算谁的, 为什么</source>
        <translation>Whose sale is it, and why</translation>
    </message>
    <message>
        <source>按小票号查</source>
        <translation>Find a receipt no.</translation>
    </message>
    <message>
        <source>按小票号查归属</source>
        <translation>Find an attribution by receipt no.</translation>
    </message>
    <message>
        <source>规则「券 &gt; 链接 &gt; 专属导购 &gt; 接待」: {why}</source>
        <translation>Rule “coupon &gt; link &gt; own guide &gt; server”: {why}</translation>
    </message>
    <message>
        <source>没有这张小票的归属。小票随同步到来, 可能还没到。</source>
        <translation>No attribution for this receipt. Receipts come by sync; it may not be here yet.</translation>
    </message>
    <message>
        <source>还没有归属记录。小票入账后, 这里逐单说明算谁的、为什么。</source>
        <translation>No attributions yet. Once receipts are booked, each sale is explained here.</translation>
    </message>
</context>
<context>
    <name>Why</name>
    <message>
        <source>无人</source>
        <translation>Nobody</translation>
    </message>
    <message>
        <source>退货: 从原单 {order} 的归属里冲回</source>
        <translation>Return: taken back from the attribution of {order}</translation>
    </message>
    <message>
        <source>核销的券由{guide}发出{day}</source>
        <translation>The redeemed coupon was given by {guide}{day}</translation>
    </message>
    <message>
        <source>{days} 天内最后打开的是{guide}的链接{day}</source>
        <translation>The last link opened within {days} d was {guide}&apos;s{day}</translation>
    </message>
    <message>
        <source>{guide}是这位客户的专属导购</source>
        <translation>{guide} is the client&apos;s own guide</translation>
    </message>
    <message>
        <source>小票上由{guide}接待</source>
        <translation>{guide} served, says the receipt</translation>
    </message>
    <message>
        <source>没有券、链接、专属导购或接待记录</source>
        <translation>No coupon, link, own guide or service on record</translation>
    </message>
    <message>
        <source>{guide}发出的券{day}</source>
        <translation>coupon from {guide}{day}</translation>
    </message>
    <message>
        <source>{guide}的链接{day}</source>
        <translation>{guide}&apos;s link{day}</translation>
    </message>
    <message>
        <source>专属导购{guide}</source>
        <translation>own guide {guide}</translation>
    </message>
    <message>
        <source>接待{guide}</source>
        <translation>served by {guide}</translation>
    </message>
    <message>
        <source>排在后面</source>
        <translation>ranks behind</translation>
    </message>
    <message>
        <source>已过 {days} 天</source>
        <translation>older than {days} d</translation>
    </message>
    <message>
        <source>另有: {what} ({reason})</source>
        <translation>Also: {what} ({reason})</translation>
    </message>
    <message>
        <source>一位导购</source>
        <translation>a guide</translation>
    </message>
</context>
<context>
    <name>WishDialog</name>
    <message>
        <source>记一个心愿</source>
        <translation>Write down a wish</translation>
    </message>
    <message>
        <source>记下</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>她的话, 或扫商品条码</source>
        <translation>Her words, or scan a barcode</translation>
    </message>
    <message>
        <source>不指定商品</source>
        <translation>No product</translation>
    </message>
    <message>
        <source>到货告诉她</source>
        <translation>Tell her when it is in</translation>
    </message>
    <message>
        <source>想要什么</source>
        <translation>Wants</translation>
    </message>
    <message>
        <source>商品</source>
        <translation>Product</translation>
    </message>
    <message>
        <source>颜色</source>
        <translation>Colour</translation>
    </message>
    <message>
        <source>尺码</source>
        <translation>Size</translation>
    </message>
</context>
<context>
    <name>WishForDialog</name>
    <message>
        <source>加到客户的心愿</source>
        <translation>Add to a client&apos;s wishes</translation>
    </message>
    <message>
        <source>找到的客户</source>
        <translation>Clients found</translation>
    </message>
    <message>
        <source>姓名、拼音、手机号任意几位</source>
        <translation>Name, pinyin, any digits of the phone</translation>
    </message>
    <message>
        <source>谁想要</source>
        <translation>Who wants it</translation>
    </message>
    <message>
        <source>到货告诉她</source>
        <translation>Tell her when it is there</translation>
    </message>
    <message>
        <source>商品</source>
        <translation>Article</translation>
    </message>
    <message>
        <source>颜色</source>
        <translation>Colour</translation>
    </message>
    <message>
        <source>尺码</source>
        <translation>Size</translation>
    </message>
    <message>
        <source>加上</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>WordsBox</name>
    <message>
        <source>话术</source>
        <translation>Script</translation>
    </message>
    <message>
        <source>简短介绍</source>
        <translation>Short introduction</translation>
    </message>
    <message>
        <source>文案</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>写给客户的话</source>
        <translation>Your words to the client</translation>
    </message>
    <message>
        <source>还没填: {names}。选好客户和券, 或改掉这几个字。</source>
        <translation>Not filled in: {names}. Choose client and coupon, or change these words.</translation>
    </message>
    <message>
        <source>{article}不许用「{words}」: {why} {instead}</source>
        <translation>{article} bars “{words}”: {why} {instead}</translation>
    </message>
    <message>
        <source>「{words}」要当心 ({article}): {why}</source>
        <translation>Mind “{words}” ({article}): {why}</translation>
    </message>
    <message>
        <source>文案是空的。</source>
        <translation>The text is empty.</translation>
    </message>
</context>
<context>
    <name>lists</name>
    <message>
        <source>固定名单</source>
        <translation>Fixed list</translation>
    </message>
    <message>
        <source>动态分群</source>
        <translation>Dynamic segment</translation>
    </message>
    <message>
        <source>全店可见</source>
        <translation>seen by the whole store</translation>
    </message>
    <message>
        <source>只有自己可见</source>
        <translation>seen by you alone</translation>
    </message>
</context>
</TS>
