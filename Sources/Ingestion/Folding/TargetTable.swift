import Glibc
import PipelineModel

/// Targets as written, each with a place of its own; their bytes lie one behind the other.
struct TargetTable: Sendable {
    /// A form and the bytes of its fields, joined by unit separators.
    struct Key: Hashable, Sendable {
        let form: TargetForm
        let bytes: [UInt8]

        /// The fields that the form names, as text.
        var parts: [String] {
            bytes.split(separator: TargetTable.separator, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    static let separator: UInt8 = 0x1F

    private struct Entry: Sendable {
        let hash: UInt64
        let start: Int
        let count: Int32
        let form: TargetForm
    }

    /// A place, and beside it all that tells a target of at most sixteen bytes from every other: the number of a cadre or a rater is found by looking at one
    /// place of memory, which no cache holds, and not at three.
    private struct Slot: Sendable {
        /// The first and the last eight bytes, which meet or overlap; of longer ones their hash and 0.
        let (first, last): (UInt64, UInt64)
        let count: Int32
        let form: TargetForm
        let place: Int32

        static let empty = Slot(first: 0, last: 0, count: 0, form: .cadre, place: -1)

        @inline(__always)
        init(_ form: TargetForm, _ text: UnsafeBufferPointer<UInt8>, hash: UInt64, place: Int32) {
            let ends = text.count <= 16 ? ByteHash.ends(text) : (hash, 0)
            self.init(first: ends.0, last: ends.1, count: Int32(truncatingIfNeeded: text.count), form: form, place: place)
        }

        private init(first: UInt64, last: UInt64, count: Int32, form: TargetForm, place: Int32) {
            (self.first, self.last, self.count, self.form, self.place) = (first, last, count, form, place)
        }

        /// Whether a slot's target, or, of a long one, its hash, is that of another.
        @inline(__always)
        func isLike(_ other: Slot) -> Bool { first == other.first && last == other.last && count == other.count && form == other.form }
    }

    private var entries: [Entry] = []
    private var bytes: [UInt8] = []
    private var slots: [Slot] = Array(repeating: .empty, count: 64)

    var count: Int { entries.count }

    func form(of place: Int32) -> TargetForm { entries[Int(place)].form }

    /// Passes the bytes of a target.
    func withBytes<Value>(of place: Int32, _ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value {
        let entry = entries[Int(place)]
        return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[entry.start..<entry.start + Int(entry.count)])) }
    }

    @inline(__always)
    mutating func intern(_ form: TargetForm, _ text: UnsafeBufferPointer<UInt8>) -> Int32 {
        var hash = ByteHash(seed: UInt64(form.place))
        hash.combine(text)
        return intern(form, text, hash: hash.value)
    }

    /// The place of a target as written; `nil` where it has none.
    func place(_ form: TargetForm, _ text: UnsafeBufferPointer<UInt8>) -> Int32? {
        var hash = ByteHash(seed: UInt64(form.place))
        hash.combine(text)
        return find(form, text, hash: hash.value).place
    }

    /// The places that another table's targets have here.
    mutating func intern(_ other: TargetTable) -> [Int32] {
        other.bytes.withUnsafeBufferPointer { bytes in
            other.entries.map { intern($0.form, UnsafeBufferPointer(rebasing: bytes[$0.start..<$0.start + Int($0.count)]), hash: $0.hash) }
        }
    }

    /// Where a target stands among the slots, or would stand; and its place, where it has one.
    @inline(__always)
    private func find(_ form: TargetForm, _ text: UnsafeBufferPointer<UInt8>, hash: UInt64) -> (slot: Int, place: Int32?) {
        slots.withUnsafeBufferPointer { slots in
            let (mask, wanted) = (slots.count - 1, Slot(form, text, hash: hash, place: -1))
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot].place >= 0 {
                if slots[slot].isLike(wanted), text.count <= 16 || isSame(entries[Int(slots[slot].place)], text) { return (slot, slots[slot].place) }
                slot = (slot + 1) & mask
            }
            return (slot, nil)
        }
    }

    private mutating func intern(_ form: TargetForm, _ text: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int32 {
        let (slot, place) = find(form, text, hash: hash)
        if let place { return place }
        slots[slot] = Slot(form, text, hash: hash, place: Int32(truncatingIfNeeded: entries.count))
        entries.append(Entry(hash: hash, start: bytes.count, count: Int32(truncatingIfNeeded: text.count), form: form))
        bytes.append(contentsOf: text)
        if entries.count * 2 > slots.count { grow() }
        return Int32(truncatingIfNeeded: entries.count - 1)
    }

    private func isSame(_ entry: Entry, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let other = text.baseAddress else { return entry.count == 0 }
        return bytes.withUnsafeBufferPointer { mine in mine.baseAddress.map { memcmp($0 + entry.start, other, text.count) == 0 } ?? false }
    }

    private mutating func grow() {
        let before = slots
        slots = Array(unsafeUninitializedCapacity: before.count * 2) { slots, count in
            HugePages.advise(slots)
            slots.initialize(repeating: .empty)
            count = slots.count
        }
        for old in before where old.place >= 0 {
            var slot = Int(truncatingIfNeeded: entries[Int(old.place)].hash) & (slots.count - 1)
            while slots[slot].place >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = old
        }
    }
}

extension TargetTable {
    /// The targets as values, by their places; each is made when it is asked for.
    struct Keys: RandomAccessCollection, Sendable {
        fileprivate let table: TargetTable

        var startIndex: Int { 0 }
        var endIndex: Int { table.entries.count }
        subscript(place: Int) -> Key {
            let entry = table.entries[place]
            return Key(form: entry.form, bytes: Array(table.bytes[entry.start..<entry.start + Int(entry.count)]))
        }
    }

    var keys: Keys { Keys(table: self) }
}

extension TargetForm {
    fileprivate var place: Int {
        switch self {
        case .cadre: 0
        case .unitAndPost: 1
        case .unitAndName: 2
        case .words: 3
        }
    }
}
