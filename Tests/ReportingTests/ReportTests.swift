import Foundation
import PipelineModel
import Testing
import Warehouse

@testable import Reporting

@Suite("The report of a night") struct ReportTests {
    @Test(
        "nothing of an export becomes markup",
        arguments: [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"), ("a & b", "a &amp; b"), ("\"'", "&quot;&#39;"),
            ("甲\u{1}乙\u{7F}", "甲\u{FFFD}乙\u{FFFD}"),
            ("行\n列\t", "行\n列\t"),
        ])
    func escaping(text: String, escaped: String) {
        #expect(HTMLPage.escaped(text) == escaped)
        var page = HTMLPage(language: "zh-Hans", title: text)
        page.heading(1, text, text)
        page.paragraph(text, text)
        page.table([(text, text)], rows: [[.text(text)], [.both(text, text)]])
        if text.hasPrefix("<") { #expect(!page.html.contains("<script")) }
        #expect(page.html.contains("<td>\(escaped)</td>") && page.html.contains("<title>\(escaped)</title>"))
    }

    @Test("numbers stand as people read them", arguments: [(0.0655, "6.6%"), (-0.02, "−2.0%"), (1, "100.0%"), (0, "0.0%"), (-0.0004, "0.0%")])
    func percent(share: Double, text: String) {
        var page = HTMLPage(language: "zh-Hans", title: "")
        page.table([("", "")], rows: [[.percent(share)], [.percent(nil)], [.integer(nil)]])
        #expect(page.html.contains("<td class=\"number\">\(text)</td>") && page.html.contains("<td class=\"number\"></td>"))
    }

    @Test("the page tells the night in both languages, blanks few people, and names nobody")
    func page() throws {
        let night = try Night()
        defer { night.remove() }
        try night.fill(members: 12, flags: [.recall, .recall, .recall, .supportTalk, .supportTalk, .recall])
        try night.warehouse.write { transaction in
            try transaction.insert([
                ImplementationProgress(
                    number: 1, measure: "m", mechanism: .care, labelChinese: "量<b>", labelEnglish: "measure", unitID: "", numerator: 6, denominator: 12,
                    lastMonthNight: Night.asOf.adding(days: -30), lastMonthNumerator: 3, lastMonthDenominator: 12, yearAgoNight: nil, yearAgoNumerator: nil,
                    yearAgoDenominator: nil)
            ])
            try transaction.insert(
                (1...5).map {
                    ClarificationDue(
                        caseID: "Q\($0)", cadreID: "C1", finding: nil, decided: Night.asOf, due: nil, daysLeft: $0 - 2, fileID: 1, line: $0)
                })
        }
        let files = try night.export()
        let html = String(decoding: try night.bytes("report.html"), as: UTF8.self)
        #expect(files.contains { $0.name == "report.html" && $0.bytes == html.utf8.count })
        for part in [
            "<html lang=\"zh-Hans\">", "标识人数(按单位类别)", "Flagged, by kind of body", "\(Night.asOf)", "量&lt;b&gt; <span lang=\"en\">measure</span>",
            // Thirteen in service, six of them flagged; one who is not judged, so that the judged are blank too.
            "<td class=\"number\">13</td><td class=\"number\"></td><td class=\"number\">6</td><td class=\"number\">46.2%</td>",
            "<td class=\"number\">6</td><td class=\"number\">12</td><td class=\"number\">50.0%</td><td class=\"number\">25.0%</td><td class=\"number\">25.0%</td>",
            // Five clarifications wait; that one is overdue is about one person.
            "clarifications to be published</span></td><td class=\"number\">5</td><td class=\"number\"></td>", "roster.csv",
        ] { #expect(html.contains(part), "\(part)") }
        for word in ["'=甲", "=甲", "C1", "F1", "<script", "http://", "https://"] { #expect(!html.contains(word), "\(word)") }
    }
}
