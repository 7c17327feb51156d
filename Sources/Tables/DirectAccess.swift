import Glibc

/// Reading and writing past the kernel's pages (`O_DIRECT`), for long files that are written once and not read again soon.
///
/// Pages that such a file takes are taken from the files that are read meanwhile, and to get and to fill them costs more than to write (docs/performance.md). A file
/// system that cannot do it is used as ever.
package enum DirectAccess {
    /// What memory, places and lengths must be multiples of: the largest block that disks have.
    package static let alignment = 4096

    /// Memory that can be read into and written from, for so many bytes and the rest of their last block; whoever asks for it frees it.
    package static func allocate(_ bytes: Int) -> UnsafeMutableRawBufferPointer {
        .allocate(byteCount: max(1, (bytes + alignment - 1) / alignment) * alignment, alignment: alignment)
    }

    /// Turns it on or off for an open file.
    ///
    /// - Returns: Whether the file system can do that.
    @discardableResult package static func turn(on isOn: Bool, for descriptor: Int32) -> Bool {
        let flags = fcntl(descriptor, F_GETFL)
        return flags >= 0 && fcntl(descriptor, F_SETFL, isOn ? flags | __O_DIRECT : flags & ~__O_DIRECT) == 0
    }

    /// Reads from a place until so many bytes are there, or the file ends. Asks for as much as there is room for, so that what ends within a block can be read directly.
    ///
    /// - Returns: How many of the bytes there were; `nil` where they cannot be read, and `errno` says why.
    package static func read(_ descriptor: Int32, into memory: UnsafeMutableRawBufferPointer, wanted: Int, at place: Int) -> Int? {
        guard let start = memory.baseAddress else { return 0 }
        var count = 0
        while count < wanted {
            let read = permitted(descriptor) { pread(descriptor, start + count, memory.count - count, off_t(place + count)) }
            if read < 0 { return nil }
            if read == 0 { break }
            count += read
        }
        return min(count, wanted)
    }

    /// Writes all bytes behind those that were written before.
    ///
    /// - Returns: Whether they could be written; `errno` says why not.
    package static func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let start = bytes.baseAddress else { return true }
        var count = 0
        while count < bytes.count {
            let written = permitted(descriptor) { Glibc.write(descriptor, start + count, bytes.count - count) }
            // No progress and no reason: better to fail than to spin.
            if written == 0 { errno = EIO }
            if written <= 0 { return false }
            count += written
        }
        return true
    }

    /// A system call, again where a signal interrupted it, and as ever where it is the direct way that the file system does not permit: some say that they can, and cannot.
    private static func permitted(_ descriptor: Int32, _ call: () -> Int) -> Int {
        while true {
            let answer = call()
            if answer >= 0 { return answer }
            let reason = errno
            if reason == EINTR { continue }
            let isDirect = fcntl(descriptor, F_GETFL) & __O_DIRECT != 0
            guard reason == EINVAL, isDirect, turn(on: false, for: descriptor) else {
                errno = reason
                return answer
            }
        }
    }
}
