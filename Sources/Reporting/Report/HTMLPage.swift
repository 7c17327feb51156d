/// A page of HTML under construction: whatever is not markup is escaped, so that nothing of an export can become markup.
struct HTMLPage {
    private let language: String
    private let title: String
    private var body = ""

    /// - Parameter language: Of most of the page: `zh-Hans`.
    init(language: String, title: String) {
        self.language = language
        self.title = title
    }

    /// Text as it may stand between tags and in attributes.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            // Controls other than white space stand for nothing, and some are forbidden in HTML.
            case "\u{0}"..."\u{8}", "\u{B}", "\u{C}", "\u{E}"..."\u{1F}", "\u{7F}": escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// A heading in Chinese with its English beside it.
    mutating func heading(_ level: Int, _ chinese: String, _ english: String) {
        body += "<h\(level)>\(HTMLPage.both(chinese, english))</h\(level)>\n"
    }

    /// A paragraph in Chinese, then in English.
    mutating func paragraph(_ chinese: String, _ english: String) {
        body += "<p>\(HTMLPage.both(chinese, english))</p>\n"
    }

    /// A table; a cell that is a number stands at the right, an empty one is blank.
    ///
    /// - Parameters:
    ///   - header: Chinese and English of each column.
    ///   - rows: As many cells as the header has.
    mutating func table(_ header: [(chinese: String, english: String)], rows: [[ReportCell]]) {
        body += "<table>\n<thead><tr>" + header.map { "<th>\(HTMLPage.both($0.chinese, $0.english))</th>" }.joined() + "</tr></thead>\n<tbody>\n"
        for row in rows { body += "<tr>" + row.map(\.html).joined() + "</tr>\n" }
        body += "</tbody>\n</table>\n"
    }

    fileprivate static func both(_ chinese: String, _ english: String) -> String {
        escaped(chinese) + " <span lang=\"en\">\(escaped(english))</span>"
    }

    /// The whole page: no script, nothing from elsewhere.
    var html: String {
        """
        <!DOCTYPE html>
        <html lang="\(HTMLPage.escaped(language))">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <meta name="viewport" content="width=device-width">
        <title>\(HTMLPage.escaped(title))</title>
        <style>
        body { font: 16px/1.5 "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; color: #222; }
        table { border-collapse: collapse; margin: 1em 0; }
        th, td { border: 1px solid #bbb; padding: .25em .6em; text-align: left; vertical-align: top; }
        td.number { text-align: right; font-variant-numeric: tabular-nums; }
        span[lang=en] { color: #666; font-size: .85em; }
        </style>
        </head>
        <body>
        \(body)</body>
        </html>

        """
    }
}

/// One cell of a table on the page.
enum ReportCell {
    case text(String)
    /// Chinese, then English.
    case both(String, String)
    /// `nil`: unknown, or left blank for the sake of few people.
    case integer(Int?)
    /// A share in percent, with one decimal; `nil`: nothing to measure.
    case percent(Double?)

    fileprivate var html: String {
        switch self {
        case .text(let text): "<td>\(HTMLPage.escaped(text))</td>"
        case .both(let chinese, let english): "<td>\(HTMLPage.both(chinese, english))</td>"
        case .integer(let number): "<td class=\"number\">\(number.map(String.init) ?? "")</td>"
        case .percent(let share): "<td class=\"number\">\(share.map(ReportCell.percent) ?? "")</td>"
        }
    }

    private static func percent(_ share: Double) -> String {
        let tenths = Int((share * 1000).rounded())
        return "\(tenths < 0 ? "−" : "")\(tenths.magnitude / 10).\(tenths.magnitude % 10)%"
    }
}
