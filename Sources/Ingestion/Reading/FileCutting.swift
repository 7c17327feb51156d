import Glibc

/// How files are cut to be read on several threads. No result depends on it.
struct FileCutting: Sendable {
    var threads: Int
    /// How many bytes are read by themselves: few enough for the processor's cache and for some to wait in memory, and not so few that there are many.
    var bytesInRange: Int

    /// As many threads as the machine has processors.
    static let standard = FileCutting(threads: max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))), bytesInRange: 1 << 21)
}
