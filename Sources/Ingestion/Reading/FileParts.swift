import PipelineModel
import Tables
import Warehouse

/// One file as the ranges it is read in, and the lines at which they turned out to start.
struct FileParts: Sendable {
    private struct Part: Sendable {
        let range: Range<Int>
        /// Lines before the range.
        let linesBefore: Int
    }

    /// Ranges that other threads have begun to read.
    struct Begun {
        fileprivate let ranges: [Range<Int>]
        let reader: RangeReader
        fileprivate let threads: Int
        fileprivate let work: OrderedWork<RangeReader.Outcome>.Begun
    }

    private let reader: RangeReader
    private let threads: Int
    private var parts: [Part] = []

    /// Lets other threads begin.
    ///
    /// - Parameter ahead: How many parts may wait to be taken, for each thread.
    static func begin(_ ranges: [Range<Int>], with reader: RangeReader, threads: Int, ahead: Int) -> Begun {
        let work = OrderedWork(count: ranges.count, threads: threads, ahead: ahead) { reader.read(ranges[$0]) }
        return Begun(ranges: ranges, reader: reader, threads: threads, work: work.begin())
    }

    init(of begun: Begun) { (reader, threads) = (begun.reader, begun.threads) }

    /// Reads the file to its end, and passes what each part came to, in order, with the number of lines before it.
    ///
    /// Where a range does not end between two records, the guess of where the next one starts was wrong: it is read again, to a later end. So a
    /// part is passed only if it starts where a record does, by what was read before it.
    ///
    /// - Throws: `TablesError` where the file breaks, after the part before the place has been passed; and what `take` throws.
    mutating func take(_ begun: Begun, _ take: (RangeReader.Outcome, _ linesBefore: Int, _ bytesRead: Int) throws -> Void) throws {
        var (lines, records, next) = (0, 1, 0)
        let (ranges, reader) = (begun.ranges, reader)
        try begun.work.forEach { index, outcome in
            if index < next { return }
            var (outcome, last, step) = (outcome, index, 1)
            while last < ranges.count - 1, outcome.failure != nil || !outcome.endsBetweenRecords {
                last = min(last + step, ranges.count - 1)
                step *= 4
                outcome = reader.read(ranges[index].lowerBound..<ranges[last].upperBound)
            }
            next = last + 1
            parts.append(Part(range: ranges[index].lowerBound..<ranges[last].upperBound, linesBefore: lines))
            reader.resolve(&outcome)
            try take(outcome, lines, ranges[last].upperBound)
            if let failure = outcome.failure {
                let isFirst = index == 0
                throw (failure as? TablesError)?.later(lines: lines, records: isFirst ? 0 : records) ?? failure
            }
            lines += outcome.lines
            records += outcome.account.read
        }
    }

    /// Reads only the records that start on some lines, ascending.
    func readAgain(_ lines: [RepeatedRows.Line]) throws -> RepeatedRows.Read {
        var wanted: [[RepeatedRows.Line]] = []
        for (index, part) in parts.enumerated() {
            let end = index + 1 < parts.count ? parts[index + 1].linesBefore : Int.max
            let first = lines.partitioned { Int($0.line) > part.linesBefore }
            let last = lines.partitioned { Int($0.line) > end }
            wanted.append(lines[first..<last].map { RepeatedRows.Line(line: $0.line - Int32(truncatingIfNeeded: part.linesBefore), isFolded: $0.isFolded) })
        }
        var whole = RepeatedRows.Read()
        let (reader, parts, all) = (reader, parts, wanted)
        try OrderedWork(count: parts.count, threads: threads) { index in Result { try reader.readAgain(parts[index].range, all[index]) } }
            .forEach { index, result in
                let read = try result.get()
                whole.facts.merge(read.facts, linesLater: parts[index].linesBefore)
                whole.contents += read.contents
            }
        return whole
    }
}
