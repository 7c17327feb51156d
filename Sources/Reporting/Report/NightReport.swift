import PipelineModel
import Tables
import Warehouse

/// `report.html`: one page a night for whoever answers for the work: how many are proposed, what changed, how far the opinion is, what is due, how good the data were. No names.
struct NightReport {
    static let fileName = "report.html"

    let night: NightData
    let transaction: Transaction

    /// Writes the page, mode 0600.
    func write(folder: String) throws -> Written {
        let written = try PrivateFile.write(Array(try html().utf8), to: "\(folder)/\(NightReport.fileName)")
        return Written(file: OutputFile(name: NightReport.fileName, written))
    }

    /// The page, which is on the disk.
    struct Written: PendingFiles {
        fileprivate let file: OutputFile

        func finished() -> [OutputFile] { [file] }
    }

    func html() throws -> String {
        var page = HTMLPage(language: "zh-Hans", title: "干部履职大数据分析 \(night.asOf)")
        page.heading(1, "干部履职大数据分析", "How cadres perform")
        page.paragraph("截至 \(night.asOf)。流程:\(night.pipeline.name)。", "As of \(night.asOf); pipeline \(night.pipeline.name).")
        page.paragraph(
            "本页所有数字都是建议的汇总,不是决定;决定由人作出并写明理由。本页不含姓名,仅供组织部门内部使用。空白表示未知,或人数不足五人。",
            "All numbers count proposals, not decisions; people decide, with a reason. No names; for the department only. Blank means unknown, or fewer than five people."
        )
        try flags(&page)
        try changes(&page)
        try progress(&page)
        try deadlines(&page)
        try quality(&page)
        return page.html
    }

    private func flags(_ page: inout HTMLPage) throws {
        page.heading(2, "标识人数(按单位类别)", "Flagged, by kind of body")
        page.table(
            [("单位类别", "kind of body"), ("在职", "in service"), ("已评价", "judged"), ("标识", "flagged"), ("占比", "share")],
            rows: try night.summary(in: transaction).kinds.map { line in
                let share = line.hidesFlagged || line.tally.cadres == 0 ? nil : Double(line.tally.flagged) / Double(line.tally.cadres)
                return [
                    .both(line.kind?.chinese ?? "未知", line.kind?.rawValue ?? "unknown"), .integer(line.hidesCadres ? nil : line.tally.cadres),
                    .integer(line.hidesJudged ? nil : line.tally.judged), .integer(line.hidesFlagged ? nil : line.tally.flagged), .percent(share),
                ]
            })
    }

    private func changes(_ page: inout HTMLPage) throws {
        var counts: [FlagChangeKind: Int] = [:]
        var lastNight: CalendarDate?
        try transaction.forEach(FlagChange.self, asOf: night.asOf) { change in
            counts[change.change, default: 0] += 1
            lastNight = change.lastNight ?? lastNight
        }
        let since = lastNight.map { "\($0)" }
        page.heading(2, "与上次相比", "Changes since last night")
        page.paragraph(since.map { "上次:\($0)。" } ?? "此前没有运行记录。", since.map { "Last night: \($0)." } ?? "There was no earlier night.")
        page.table(
            [("变化", "change"), ("标识数", "flags")],
            rows: FlagChangeKind.allCases.map { [.both($0.chinese, $0.rawValue), .integer(NightReport.large(counts[$0] ?? 0))] })
    }

    private func progress(_ page: inout HTMLPage) throws {
        var rows: [[ReportCell]] = []
        try transaction.forEach(ImplementationProgress.self) { record in
            guard record.unitID == MeasureValue.allUnits else { return }
            let (now, before) = (record.tonight, record.lastMonth)
            let change = now.share.flatMap { share in before.share.map { share - $0 } }
            rows.append([
                .text(record.mechanism?.chinese ?? ""), .both(record.labelChinese, record.labelEnglish), .integer(record.numerator),
                .integer(record.denominator), .percent(now.share), .percent(before.share), .percent(change),
            ])
        }
        page.heading(2, "二十条落实情况(全部单位)", "How far the opinion is carried out, all units")
        page.table(
            [
                ("机制", "mechanism"), ("指标", "measure"), ("达到", "meet it"), ("总数", "out of"), ("占比", "share"), ("上月", "last month"),
                ("变化", "change"),
            ], rows: rows)
    }

    private func deadlines(_ page: inout HTMLPage) throws {
        var (waiting, overdue, checks, late): (Int, Int, Int, Int) = (0, 0, 0, 0)
        try transaction.forEach(ClarificationDue.self) { due in
            waiting += 1
            if let days = due.daysLeft, days < 0 { overdue += 1 }
        }
        try transaction.forEach(DispositionFollowup.self) { followup in
            if followup.state == .due { checks += 1 }
            if followup.state == .overdue { late += 1 }
        }
        page.heading(2, "期限", "Deadlines")
        page.table(
            [("事项", "duty"), ("待办", "due"), ("逾期", "overdue")],
            rows: [
                [.both("澄清正名", "clarifications to be published"), .integer(NightReport.large(waiting)), .integer(NightReport.large(overdue))],
                [.both("回炉锻造后适任考核", "fitness checks after retraining"), .integer(NightReport.large(checks)), .integer(NightReport.large(late))],
            ])
    }

    private func quality(_ page: inout HTMLPage) throws {
        page.heading(2, "数据质量", "Data quality")
        page.table(
            [("数据源", "source"), ("文件", "file"), ("读取", "read"), ("接受", "accepted"), ("拒绝", "rejected"), ("重复", "duplicate"), ("范围外", "out of scope")],
            rows: night.files.map { file in
                [
                    .text(file.source), .text(file.path), .integer(file.rowsRead), .integer(file.rowsAccepted), .integer(file.rowsRejected),
                    .integer(file.rowsDuplicate), .integer(file.rowsOutOfScope),
                ]
            })
        let findings = try transaction.findings()
        page.table(
            [("问题级别", "severity of findings"), ("条数", "number")],
            rows: [(Finding.Severity.error, "错误"), (.warning, "警告"), (.note, "提示")].map { severity, chinese in
                [.both(chinese, severity.rawValue), .integer(findings.count { $0.severity == severity })]
            })
    }

    /// A number of people, or nothing where it is of one to four.
    private static func large(_ count: Int) -> Int? { count > 0 && count < SummaryLine.smallestCell ? nil : count }
}
