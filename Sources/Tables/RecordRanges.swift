import Glibc

/// Cuts a file into ranges of about the same size that start where records probably start, without reading what lies between.
///
/// A line break within quotes looks like any other, so that a cut is a guess, if a good one. Whoever reads the ranges holds each guess to what
/// ``CSVReader/endsBetweenRecords`` says of the range before it.
///
/// Which of the many lines around the wanted place begins the next range depends on what it says, not on where it stands: where rows were added to a file, or
/// taken out, cuts soon fall again between the same rows as before.
///
/// - Source: Muthitacharoen, Chen and Mazières, "A Low-bandwidth Network File System", SOSP 2001: breakpoints chosen by content.
public struct RecordRanges: Sendable {
    /// How far from where a record's start is looked for the next line and records are sought.
    private static let window = 1 << 16
    /// The part of a range over whose length a line is chosen: more is read twice, and less finds the cuts of another night later.
    private static let choice = 8
    /// Bytes of a line, and of those after it, by which it is chosen.
    private static let bytesThatChoose = 64
    /// How many line breaks are tried, and how many records after one must look right.
    private static let breaksTried = 64
    private static let recordsTried = 3

    private let delimiter: UInt8
    private let fieldCount: Int

    /// - Parameter fieldCount: How many fields a record has, as the header has it: by this a line within quotes is told from a record.
    public init(dialect: CSVDialect, fieldCount: Int) {
        delimiter = dialect.delimiter
        self.fieldCount = fieldCount
    }

    /// The ranges of a file, in order and without gaps; one where the file cannot be looked into.
    public func ranges(path: String, totalBytes: Int, bytesInRange: Int) -> [Range<Int>] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0, bytesInRange > 0 else { return [0..<totalBytes] }
        defer { _ = close(descriptor) }
        var ranges: [Range<Int>] = []
        var start = 0
        let span = bytesInRange / Self.choice
        var bytes = [UInt8](repeating: 0, count: span + Self.window)
        while totalBytes - start > bytesInRange {
            let wanted = start + bytesInRange
            let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, min($0.count, totalBytes - wanted), wanted) }
            guard count > 0 else { break }
            let found = bytes.withUnsafeBufferPointer { recordStart(in: UnsafeBufferPointer(rebasing: $0[..<count]), within: span) }
            let end = found.map { wanted + $0 } ?? wanted + count
            // Without a line break in the window the range simply grows.
            if found != nil {
                ranges.append(start..<end)
                start = end
            } else if let last = longRange(descriptor, from: end, totalBytes) {
                ranges.append(start..<last)
                start = last
            } else {
                break
            }
        }
        if start < totalBytes || ranges.isEmpty { ranges.append(start..<totalBytes) }
        return ranges
    }

    /// The first line start after `place`, however far it is.
    private func longRange(_ descriptor: Int32, from place: Int, _ totalBytes: Int) -> Int? {
        var bytes = [UInt8](repeating: 0, count: Self.window)
        var offset = place
        while offset < totalBytes {
            let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, offset) }
            if count <= 0 { return nil }
            if let found = bytes.withUnsafeBufferPointer({ lineStarts(in: UnsafeBufferPointer(rebasing: $0[..<count]), atMost: 1).first }) {
                return offset + found < totalBytes ? offset + found : nil
            }
            offset += count
        }
        return nil
    }

    /// Where a record starts in a piece of a file, by all that can be seen in it; `nil` where no line starts in it.
    ///
    /// - Parameter span: Of the lines that start before it that one is taken that comes first by a hash of what it says; where there is none, the next.
    func recordStart(in bytes: UnsafeBufferPointer<UInt8>, within span: Int) -> Int? {
        let hasQuote = bytes.baseAddress.map { memchr($0, Int32(Byte.quote), bytes.count) != nil } ?? false
        var chosen = lineStarts(in: UnsafeBufferPointer(rebasing: bytes[..<min(span, bytes.count)]), atMost: .max)
            .filter { $0 + Self.bytesThatChoose <= bytes.count }.map { (start: $0, rank: rank(bytes, from: $0)) }
        if !hasQuote, let first = chosen.min(by: { ($0.rank, $0.start) < ($1.rank, $1.start) }) { return first.start }
        chosen.sort { ($0.rank, $0.start) < ($1.rank, $1.start) }
        if let first = chosen.prefix(Self.breaksTried).first(where: { looksLikeRecords(bytes, from: $0.start) }) { return first.start }
        let starts = lineStarts(in: bytes, atMost: hasQuote ? Self.breaksTried : 1)
        return hasQuote ? starts.first { looksLikeRecords(bytes, from: $0) } ?? starts.first : starts.first
    }

    private func rank(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> UInt64 {
        let line = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[start..<(start + Self.bytesThatChoose)]))
        return stride(from: 0, to: line.count, by: 8).reduce(0x9E37_79B9_7F4A_7C15) { hash, place in
            let product = (hash ^ line.loadUnaligned(fromByteOffset: place, as: UInt64.self)).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
            return product.low ^ product.high
        }
    }

    /// Where lines start, the piece's own start left out: nobody knows what stands before it.
    private func lineStarts(in bytes: UnsafeBufferPointer<UInt8>, atMost limit: Int) -> [Int] {
        guard let base = bytes.baseAddress else { return [] }
        var starts: [Int] = []
        var place = 0
        while starts.count < limit {
            place = UnquotedRecordCutter.lineBreak(base, from: place, to: bytes.count)
            // The byte after a break must be seen: a carriage return may belong to the line feed behind it.
            if place + 1 >= bytes.count { break }
            place += base[place] == Byte.carriageReturn && base[place + 1] == Byte.lineFeed ? 2 : 1
            if place < bytes.count { starts.append(place) }
        }
        return starts
    }

    /// Whether the next records have as many fields as the header, and quotes only where quotes may stand.
    private func looksLikeRecords(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
        var (fields, records) = (1, 0)
        var (isQuoted, isAtFieldStart) = (false, true)
        var place = start
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            if isQuoted {
                guard byte == Byte.quote else { continue }
                guard place < bytes.count else { break }
                let next = bytes[place]
                if next == Byte.quote {
                    place += 1
                } else if next == delimiter || next == Byte.lineFeed || next == Byte.carriageReturn {
                    isQuoted = false
                } else {
                    return false
                }
            } else if byte == delimiter {
                fields += 1
                isAtFieldStart = true
                continue
            } else if byte == Byte.lineFeed || byte == Byte.carriageReturn {
                if !(fields == 1 && isAtFieldStart) {
                    if fields != fieldCount { return false }
                    records += 1
                    if records == Self.recordsTried { return true }
                }
                fields = 1
                isAtFieldStart = true
                continue
            } else if byte == Byte.quote {
                guard isAtFieldStart else { return false }
                isQuoted = true
            }
            isAtFieldStart = false
        }
        return records > 0
    }
}
