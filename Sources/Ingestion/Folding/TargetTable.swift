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

    /// What tells short targets apart lies beside their place: numbers of cadres and raters are compared without looking anywhere else.
    private struct Entry: Sendable {
        let hash: UInt64
        /// The first and the last eight bytes of a target of eight to sixteen; zeros for any other.
        let (first, last): (UInt64, UInt64)
        let start: Int
        let count: Int32
        let form: TargetForm
    }

    /// A place and some bits of its hash: most of what stands in the way of a target is seen to be another without being looked at.
    private struct Slot: Sendable {
        let tag: UInt32
        let place: Int32

        static let empty = Slot(tag: 0, place: -1)
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
            entries.withUnsafeBufferPointer { entries in
                let (mask, tag) = (slots.count - 1, TargetTable.tag(hash))
                var slot = Int(truncatingIfNeeded: hash) & mask
                while slots[slot].place >= 0 {
                    let place = slots[slot].place
                    if slots[slot].tag == tag, isSame(entries[Int(place)], form, text, hash) { return (slot, place) }
                    slot = (slot + 1) & mask
                }
                return (slot, nil)
            }
        }
    }

    private mutating func intern(_ form: TargetForm, _ text: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int32 {
        let (slot, place) = find(form, text, hash: hash)
        if let place { return place }
        slots[slot] = Slot(tag: TargetTable.tag(hash), place: Int32(truncatingIfNeeded: entries.count))
        let (first, last) = TargetTable.ends(text)
        entries.append(
            Entry(hash: hash, first: first, last: last, start: bytes.count, count: Int32(truncatingIfNeeded: text.count), form: form))
        bytes.append(contentsOf: text)
        if entries.count * 2 > slots.count { grow() }
        return Int32(truncatingIfNeeded: entries.count - 1)
    }

    /// Not the bits that choose the slot.
    @inline(__always)
    private static func tag(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash >> 32) }

    @inline(__always)
    private static func ends(_ text: UnsafeBufferPointer<UInt8>) -> (UInt64, UInt64) {
        guard text.count >= 8, text.count <= 16 else { return (0, 0) }
        let raw = UnsafeRawBufferPointer(text)
        return (raw.loadUnaligned(as: UInt64.self), raw.loadUnaligned(fromByteOffset: text.count - 8, as: UInt64.self))
    }

    @inline(__always)
    private func isSame(_ entry: Entry, _ form: TargetForm, _ text: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> Bool {
        guard entry.hash == hash, Int(entry.count) == text.count, entry.form == form else { return false }
        if text.count >= 8, text.count <= 16 { return (entry.first, entry.last) == TargetTable.ends(text) }
        guard let other = text.baseAddress, !text.isEmpty else { return true }
        return bytes.withUnsafeBufferPointer { mine in mine.baseAddress.map { memcmp($0 + entry.start, other, text.count) == 0 } ?? false }
    }

    private mutating func grow() {
        slots = Array(repeating: .empty, count: slots.count * 2)
        for (place, entry) in entries.enumerated() {
            var slot = Int(truncatingIfNeeded: entry.hash) & (slots.count - 1)
            while slots[slot].place >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Slot(tag: TargetTable.tag(entry.hash), place: Int32(truncatingIfNeeded: place))
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
