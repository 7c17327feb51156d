import Glibc

/// Pages of 2 MB for memory that is jumped about in: with the usual 4 KB the processor looks up where a page lies more often than what is on it.
enum HugePages {
    private static let bytes = 1 << 21

    /// Asks the kernel for them before anything is written to the memory. It may decline, and nothing depends on it but the time.
    static func advise<Element>(_ memory: UnsafeMutableBufferPointer<Element>) {
        let raw = UnsafeMutableRawBufferPointer(memory)
        guard let base = raw.baseAddress, raw.count >= 2 * bytes else { return }
        let first = base.alignedUp(toMultipleOf: bytes)
        let last = (base + raw.count).alignedDown(toMultipleOf: bytes)
        if first < last { madvise(first, first.distance(to: last), MADV_HUGEPAGE) }
    }
}
