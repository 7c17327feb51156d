import Glibc
import Nightly

/// The line that a person at a terminal watches while exports are read: `petitions 1,250,000 rows 84.2 MB/s 0:42 left`.
struct ProgressLine {
    private let started: Double
    private var lastShown = 0.0
    private(set) var isShowing = false

    /// Seconds between two changes of the line.
    private static let interval = 0.2
    /// Back to the line's start, and nothing on it.
    static let clear = "\r\u{1B}[K"

    init(now: Double = ProgressLine.monotonicSeconds) { started = now }

    /// The line to show now; `nil` where the last one is still fresh.
    mutating func update(_ progress: ReadingProgress, now: Double = ProgressLine.monotonicSeconds) -> String? {
        guard now - lastShown >= ProgressLine.interval else { return nil }
        lastShown = now
        isShowing = true
        return ProgressLine.clear + ProgressLine.text(progress, seconds: now - started)
    }

    /// What takes the line away again.
    mutating func finish() -> String {
        defer { isShowing = false }
        return isShowing ? ProgressLine.clear : ""
    }

    /// - Parameter seconds: Since reading began.
    static func text(_ progress: ReadingProgress, seconds: Double) -> String {
        let bytesPerSecond = seconds > 0 ? Double(progress.bytesRead) / seconds : 0
        let tenths = Int((bytesPerSecond / 100_000).rounded())
        var line = "\(progress.source) \(grouped(progress.rows)) rows \(tenths / 10).\(tenths % 10) MB/s"
        if bytesPerSecond > 0 {
            let left = Int((Double(max(0, progress.bytesTotal - progress.bytesRead)) / bytesPerSecond).rounded(.up))
            line += " \(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60) left"
        }
        return line
    }

    private static func grouped(_ number: Int) -> String {
        var (text, digits) = ("", 0)
        for digit in String(number).reversed() {
            if digits > 0, digits % 3 == 0 { text.append(",") }
            text.append(digit)
            digits += 1
        }
        return String(text.reversed())
    }

    /// Seconds of a clock that never goes back; only differences mean anything.
    static var monotonicSeconds: Double {
        var instant = timespec()
        clock_gettime(CLOCK_MONOTONIC, &instant)
        return Double(instant.tv_sec) + Double(instant.tv_nsec) / 1e9
    }
}
