import CMalloc

/// How the C library's allocator divides memory among threads.
enum MemoryArenas {
    /// Lets at most half as many arenas be as threads compute; to be called before there is a second thread.
    ///
    /// Usually each of the first threads gets one, and what one thread frees in its own, another cannot use: a night of 100,000 cadres had 100 MB of it, and was no faster
    /// for it (docs/performance.md).
    ///
    /// - Parameter threads: At least 1.
    static func limit(threads: Int) { _ = mallopt(M_ARENA_MAX, Int32(max(1, threads / 2))) }
}
