/// Keys of three small numbers, each with a place of its own, counted from 0 in the order in which they came.
///
/// Open addressing over the places: the standard dictionary spends most of its time in a hash made to withstand attackers, which these keys,
/// numbers of our own, do not need.
struct PlaceTable: Sendable {
    struct Key: Sendable {
        let first: Int32
        let second: Int32
        let third: Int32
    }

    private(set) var keys: [Key] = []
    private var slots: [Int32] = []

    var count: Int { keys.count }

    /// The place of a key, which gets one if it has none.
    @inline(__always)
    mutating func place(_ key: Key) -> (place: Int, isNew: Bool) {
        if keys.count * 4 >= slots.count * 3 { grow() }
        var slot = Int(truncatingIfNeeded: PlaceTable.hash(key)) & (slots.count - 1)
        while true {
            let place = slots[slot]
            if place < 0 { break }
            let other = keys[Int(place)]
            if other.first == key.first, other.second == key.second, other.third == key.third { return (Int(place), false) }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = Int32(truncatingIfNeeded: keys.count)
        keys.append(key)
        return (keys.count - 1, true)
    }

    private static func hash(_ key: Key) -> UInt64 {
        var hash = ByteHash(seed: 0x9E37_79B9_7F4A_7C15)
        hash.mix(UInt64(UInt32(bitPattern: key.first)) << 32 | UInt64(UInt32(bitPattern: key.second)))
        hash.mix(UInt64(UInt32(bitPattern: key.third)))
        return hash.value
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: max(64, slots.count * 2))
        for (place, key) in keys.enumerated() {
            var slot = Int(truncatingIfNeeded: PlaceTable.hash(key)) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(truncatingIfNeeded: place)
        }
    }
}
