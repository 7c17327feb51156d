import CPrefetch
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

    /// The targets, by their places.
    private(set) var list = TargetList()
    private var slots = TargetTable.emptySlots(64)

    init() {}

    /// The numbers of cadres, each of which stands once.
    init(cadres ids: [String]) {
        var places = 64
        while places < 2 * ids.count { places *= 2 }
        slots = TargetTable.emptySlots(places)
        for id in ids {
            var id = id
            id.withUTF8 { _ = intern(.cadre, $0) }
        }
    }

    var count: Int { list.count }

    func form(of place: Int32) -> TargetForm { list.form(of: place) }

    @inline(__always)
    mutating func intern(_ form: TargetForm, _ text: UnsafeBufferPointer<UInt8>) -> Int32 {
        intern(form, text, hash: TargetTable.hash(form, text))
    }

    /// The place of a target as written; `nil` where it has none.
    func place(_ form: TargetForm, _ text: UnsafeBufferPointer<UInt8>) -> Int32? { place(form, text, hash: TargetTable.hash(form, text)) }

    /// - Parameter hash: The target's.
    @inline(__always)
    func place(_ form: TargetForm, _ text: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int32? { find(form, text, hash: hash).place }

    /// The places that another table's targets have here.
    mutating func intern(_ other: TargetTable) -> [Int32] { intern(other.list) }

    /// The places that the targets of a list have here.
    mutating func intern(_ other: TargetList) -> [Int32] {
        var places: [Int32] = []
        places.reserveCapacity(other.count)
        other.forEach { form, text, hash, later in
            fetch(later)
            places.append(intern(form, text, hash: hash))
        }
        return places
    }

    /// Lets the slot come into the cache that a target with such a hash is looked for at: to wait for it takes longer than all else that looking does.
    @inline(__always)
    func fetch(_ hash: UInt64) {
        slots.withUnsafeBufferPointer { slots in
            if let start = slots.baseAddress { cadre_prefetch(start + Int(truncatingIfNeeded: hash) & (slots.count - 1)) }
        }
    }

    /// The place of a target that a list has: its hash is not worked out again.
    mutating func intern(_ place: Int32, of list: TargetList) -> Int32 {
        list.withBytes(of: place) { intern(list.form(of: place), $0, hash: list.hash(of: place)) }
    }

    @inline(__always)
    static func hash(_ form: TargetForm, _ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash = ByteHash(seed: UInt64(form.place))
        hash.combine(text)
        return hash.value
    }

    /// Where a target stands among the slots, or would stand; and its place, where it has one.
    @inline(__always)
    private func find(_ form: TargetForm, _ text: UnsafeBufferPointer<UInt8>, hash: UInt64) -> (slot: Int, place: Int32?) {
        slots.withUnsafeBufferPointer { slots in
            let (mask, wanted) = (slots.count - 1, Slot(form, text, hash: hash, place: -1))
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot].place >= 0 {
                if slots[slot].isLike(wanted), text.count <= 16 || list.isSame(slots[slot].place, text) { return (slot, slots[slot].place) }
                slot = (slot + 1) & mask
            }
            return (slot, nil)
        }
    }

    private mutating func intern(_ form: TargetForm, _ text: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int32 {
        let (slot, place) = find(form, text, hash: hash)
        if let place { return place }
        slots[slot] = Slot(form, text, hash: hash, place: Int32(truncatingIfNeeded: list.count))
        list.append(form, text, hash: hash)
        if list.count * 2 > slots.count { grow() }
        return Int32(truncatingIfNeeded: list.count - 1)
    }

    private static func emptySlots(_ places: Int) -> [Slot] {
        Array(unsafeUninitializedCapacity: places) { slots, count in
            HugePages.advise(slots)
            slots.initialize(repeating: .empty)
            count = slots.count
        }
    }

    private mutating func grow() {
        let before = slots
        slots = TargetTable.emptySlots(before.count * 2)
        for old in before where old.place >= 0 {
            var slot = Int(truncatingIfNeeded: list.hash(of: old.place)) & (slots.count - 1)
            while slots[slot].place >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = old
        }
    }
}

extension TargetForm {
    /// Its place among all.
    var place: Int {
        switch self {
        case .cadre: 0
        case .unitAndPost: 1
        case .unitAndName: 2
        case .words: 3
        }
    }

    init?(place: Int) {
        // Not by way of all cases: they are a new array each time, and a part has tens of thousands of targets.
        switch place {
        case 0: self = .cadre
        case 1: self = .unitAndPost
        case 2: self = .unitAndName
        case 3: self = .words
        default: return nil
        }
    }
}
