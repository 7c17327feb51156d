/// Room for the texts of one row that cannot stay where the file has them: normalised, replaced or joined ones.
final class TextArena {
    private var base = UnsafeMutablePointer<UInt8>.allocate(capacity: 4096)
    private var capacity = 4096
    /// How many bytes are taken.
    private(set) var used = 0

    deinit { base.deallocate() }

    /// Forgets all texts and makes room for as many bytes, so that none moves before the next row.
    @inline(__always)
    func begin(_ bytes: Int) {
        used = 0
        if bytes > capacity { grow(bytes) }
    }

    private func grow(_ bytes: Int) {
        base.deallocate()
        capacity = 2 * bytes
        base = .allocate(capacity: capacity)
    }

    /// A copy that stays until the next row.
    func kept(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        precondition(used + bytes.count <= capacity, "a row has more text than it began with")
        let start = used
        if let source = bytes.baseAddress { (base + start).update(from: source, count: bytes.count) }
        used += bytes.count
        return text(from: start)
    }

    func append(_ byte: UInt8) {
        precondition(used < capacity, "a row has more text than it began with")
        base[used] = byte
        used += 1
    }

    /// What was kept from a place on.
    func text(from start: Int) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base + start, count: used - start) }
}
