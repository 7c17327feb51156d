import Glibc

/// Bytes to be read once from the start, or again after a rewind.
public protocol ByteSource: AnyObject {
    /// What to call the source in an error: the path of a file.
    var name: String { get }
    /// How many bytes there are in all; `nil` where only the end will tell (a pipe).
    var totalBytes: Int? { get }
    /// Fills the buffer from its start, as far as bytes are at hand.
    ///
    /// - Returns: How many bytes were written, at least one; 0 only at the end or for an empty buffer.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(TablesError) -> Int
    /// Goes back to the first byte. A source that cannot (a pipe) throws.
    func rewind() throws(TablesError)
}

extension ByteSource {
    /// Reads until the buffer is full or the source ends.
    func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(TablesError) -> Int {
        var filled = 0
        while filled < buffer.count {
            let more = try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
            if more == 0 { break }
            filled += more
        }
        return filled
    }
}

/// The bytes of a file, or of a range of it, through `read`.
final class FileBytes: ByteSource {
    let name: String
    let totalBytes: Int?
    private let descriptor: Int32
    private let start: Int
    /// How many bytes of the range have not been read; without a range the file's end decides.
    private var left: Int

    /// Opens the file at `path`.
    ///
    /// - Throws: ``TablesError/missing(path:)``, ``TablesError/isDirectory(path:)``, ``TablesError/notPermitted(path:)`` or
    ///   ``TablesError/unreadable(path:errno:)``.
    init(path: String, range: Range<Int>? = nil) throws(TablesError) {
        let opened = uninterrupted { Int(open(path, O_RDONLY | O_CLOEXEC)) }
        guard opened >= 0 else { throw .reading(path, Int32(-opened)) }
        let descriptor = Int32(opened)
        var status = stat()
        let isKnown = fstat(descriptor, &status) == 0
        let kind = status.st_mode & S_IFMT
        name = path
        self.descriptor = descriptor
        start = range?.lowerBound ?? 0
        left = range?.count ?? .max
        totalBytes = range?.count ?? (isKnown && kind == S_IFREG ? Int(status.st_size) : nil)
        if isKnown && kind == S_IFDIR { throw .isDirectory(path: path) }
        if start > 0, lseek(descriptor, start, SEEK_SET) < 0 { throw .unreadable(path: path, errno: errno) }
        _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    }

    deinit { _ = close(descriptor) }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(TablesError) -> Int {
        let wanted = min(buffer.count, left)
        let count = uninterrupted { Glibc.read(descriptor, buffer.baseAddress, wanted) }
        guard count >= 0 else { throw .reading(name, Int32(-count)) }
        left -= count
        return count
    }

    func rewind() throws(TablesError) {
        if lseek(descriptor, start, SEEK_SET) < 0 { throw .unreadable(path: name, errno: errno) }
        left = totalBytes ?? .max
    }
}

/// Bytes that lie in memory.
final class MemoryBytes: ByteSource {
    let name: String
    private let bytes: [UInt8]
    private var position = 0

    var totalBytes: Int? { bytes.count }

    init(_ bytes: [UInt8], name: String) {
        self.bytes = bytes
        self.name = name
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(TablesError) -> Int {
        let count = min(buffer.count, bytes.count - position)
        buffer.copyBytes(from: bytes[position..<position + count])
        position += count
        return count
    }

    func rewind() throws(TablesError) { position = 0 }
}

/// Another source, whose bytes are counted as they are read.
final class CountedSource: ByteSource {
    private let source: any ByteSource
    private(set) var bytesRead = 0

    var name: String { source.name }
    var totalBytes: Int? { source.totalBytes }

    init(_ source: any ByteSource) { self.source = source }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(TablesError) -> Int {
        let count = try source.read(into: buffer)
        bytesRead += count
        return count
    }

    func rewind() throws(TablesError) {
        try source.rewind()
        bytesRead = 0
    }
}
