import Glibc
import PipelineModel

/// Targets as written, by their places; their bytes lie one behind the other.
struct TargetList: Sendable {
    /// Sixteen bytes: of a part's raters there are tens of thousands, and of a night's parts some dozens wait at a time.
    private struct Entry: Sendable {
        let hash: UInt64
        private let place: UInt32
        private let length: UInt16
        let form: TargetForm

        /// A target has three fields at most of `FieldParser.maximumTextBytes`, and a list less than 4 GB.
        init(_ form: TargetForm, hash: UInt64, start: Int, count: Int) {
            (self.form, self.hash) = (form, hash)
            (place, length) = (UInt32(start), UInt16(count))
        }

        var start: Int { Int(place) }
        var count: Int { Int(length) }
        var range: Range<Int> { start..<start + count }
    }

    private var entries: [Entry] = []
    private var bytes: [UInt8] = []

    var count: Int { entries.count }

    @inline(__always)
    mutating func append(_ form: TargetForm, _ text: UnsafeBufferPointer<UInt8>, hash: UInt64) {
        entries.append(Entry(form, hash: hash, start: bytes.count, count: text.count))
        bytes.append(contentsOf: text)
    }

    /// Gives back what growing has reserved and nobody used.
    mutating func trim() {
        entries.trim()
        bytes.trim()
    }

    @inline(__always)
    func form(of place: Int32) -> TargetForm { entries[Int(place)].form }

    @inline(__always)
    func hash(of place: Int32) -> UInt64 { entries[Int(place)].hash }

    /// Passes the bytes of a target.
    func withBytes<Value>(of place: Int32, _ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value {
        let entry = entries[Int(place)]
        return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[entry.range])) }
    }

    /// Whether the target at a place has the same bytes.
    func isSame(_ place: Int32, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let entry = entries[Int(place)]
        guard let other = text.baseAddress else { return entry.count == 0 }
        return bytes.withUnsafeBufferPointer { mine in mine.baseAddress.map { memcmp($0 + entry.start, other, text.count) == 0 } ?? false }
    }

    /// How many targets before its turn one is told of: as many as are looked up while memory is waited for.
    private static let stepsAhead = 12

    /// Passes every target, by its place, with the hash of one that comes some steps later, so that memory can be fetched meanwhile; at the end with the last one's.
    @inline(__always)
    func forEach(_ body: (TargetForm, UnsafeBufferPointer<UInt8>, _ hash: UInt64, _ later: UInt64) -> Void) {
        entries.withUnsafeBufferPointer { entries in
            bytes.withUnsafeBufferPointer { bytes in
                for (place, entry) in entries.enumerated() {
                    let later = entries[min(place + TargetList.stepsAhead, entries.count - 1)].hash
                    body(entry.form, UnsafeBufferPointer(rebasing: bytes[entry.range]), entry.hash, later)
                }
            }
        }
    }
}

extension TargetList {
    func store(in writer: inout PartWriter) {
        writer.put(entries.count)
        writer.put(column: entries) { Int64($0.count) }
        writer.put(column: entries) { Int64($0.form.place) }
        writer.put(bytes)
    }

    init(from reader: inout PartReader) throws(PartReader.Fault) {
        let heads = try reader.entries(2) { (count: Int($0[0]), form: TargetForm(place: Int($0[1]))) }
        bytes = try reader.entries(of: UInt8.self)
        entries.reserveCapacity(heads.count)
        let isWhole = bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            for (count, form) in heads {
                guard count >= 0, count <= min(bytes.count - start, Int(UInt16.max)), let form else { return false }
                let hash = TargetTable.hash(form, UnsafeBufferPointer(rebasing: bytes[start..<(start + count)]))
                entries.append(Entry(form, hash: hash, start: start, count: count))
                start += count
            }
            return start == bytes.count
        }
        if !isWhole { throw PartReader.Fault() }
    }
}

extension TargetTable {
    /// Passes the bytes of a target.
    func withBytes<Value>(of place: Int32, _ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value { list.withBytes(of: place, body) }

    /// The targets as values, by their places; each is made when it is asked for.
    struct Keys: RandomAccessCollection, Sendable {
        fileprivate let list: TargetList

        var startIndex: Int { 0 }
        var endIndex: Int { list.count }
        subscript(place: Int) -> Key {
            let place = Int32(truncatingIfNeeded: place)
            return list.withBytes(of: place) { Key(form: list.form(of: place), bytes: Array($0)) }
        }
    }

    var keys: Keys { Keys(list: list) }
}
