import PipelineModel

/// Targets as written, each with a place of its own.
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

    private(set) var keys: [Key] = []
    private var slots: [Int32] = Array(repeating: -1, count: 64)
    private var hashes: [UInt64] = []

    mutating func intern(_ form: TargetForm, _ bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
        var hash = RecordHash()
        hash.mix(UInt64(form.place))
        hash.combine(bytes)
        var slot = Int(truncatingIfNeeded: hash.low) & (slots.count - 1)
        while slots[slot] >= 0 {
            let place = Int(slots[slot])
            if hashes[place] == hash.low, keys[place].form == form, keys[place].bytes.elementsEqual(bytes) { return Int32(place) }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = Int32(keys.count)
        keys.append(Key(form: form, bytes: Array(bytes)))
        hashes.append(hash.low)
        if keys.count * 2 > slots.count { grow() }
        return Int32(keys.count - 1)
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: slots.count * 2)
        for (place, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(place)
        }
    }
}

extension TargetForm {
    fileprivate var place: Int {
        switch self {
        case .cadre: 0
        case .unitAndPost: 1
        case .unitAndName: 2
        }
    }
}
