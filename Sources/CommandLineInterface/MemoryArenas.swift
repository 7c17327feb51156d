import CMalloc
import Nightly

/// How the C library's allocator divides memory among threads.
enum MemoryArenas {
    /// Says how many arenas there may be at most; to be called before there is a second thread, because the number then stays.
    ///
    /// What one thread frees in its own arena, another cannot use, and where threads share one they wait for each other. Ingestion by itself takes half as many as threads compute: it
    /// frees on one thread what others have allocated, and is no faster with more. The stages after it are, by up to a tenth, and a whole night has both (docs/performance.md).
    ///
    /// - Parameter threads: At least 1.
    static func limit(for stages: [Stage], threads: Int) { _ = mallopt(M_ARENA_MAX, Int32(stages == [.ingest] ? max(1, threads / 2) : threads)) }
}
