import Foundation
import Glibc
import Synchronization
import Testing

@testable import Tables

/// Bytes none of whose neighbourhoods come again soon.
private func content(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8 &+ $0 >> 16) } }

@Suite("Past the kernel's pages") struct DirectAccessTests {
    @Test("what cannot be done directly is done as ever: at a place or from memory that is no block's")
    func unaligned() throws {
        let folder = try ScratchFolder()
        let all = content(9_000)
        let descriptor = open(folder.file("part"), O_RDWR | O_CREAT, 0o600)
        defer { close(descriptor) }
        let memory = DirectAccess.allocate(all.count + 1)
        defer { memory.deallocate() }
        let shifted = UnsafeMutableRawBufferPointer(rebasing: memory[1...all.count])
        shifted.copyBytes(from: all)
        DirectAccess.turn(on: true, for: descriptor)
        let isWritten = DirectAccess.write(descriptor, UnsafeRawBufferPointer(shifted))
        #expect(isWritten)
        DirectAccess.turn(on: true, for: descriptor)
        let count = DirectAccess.read(descriptor, into: shifted, wanted: 3_000, at: 7)
        #expect(count == 3_000)
        #expect(Array(shifted.prefix(3_000)) == Array(all[7..<3_007]))
    }

    @Test("a full disk says so")
    func full() {
        let full = open("/dev/full", O_WRONLY)
        defer { close(full) }
        let isWritten = content(10).withUnsafeBytes { DirectAccess.write(full, $0) }
        #expect(!isWritten && errno == ENOSPC)
    }
}

@Suite("A long file written beside its maker") struct LongFileTests {
    private final class Observed: Sendable {
        let bytes = Mutex<[UInt8]>([])

        func add(_ bytes: UnsafeRawBufferPointer) {
            let copied = Array(bytes)
            self.bytes.withLock { $0 += copied }
        }
    }

    @Test(
        "is the bytes that were handed over, in their order, however they were cut",
        arguments: [0, 1, 4_095, 4_096, 1 << 20 - 1, 1 << 20, 1 << 20 + 1, 3 << 20, 5_000_003], [1, 2])
    func bytes(count: Int, threads: Int) throws {
        let folder = try ScratchFolder()
        let all = content(count)
        // Old content of another length and mode goes.
        let path = try folder.write([UInt8](repeating: 7, count: 6_000_000), "out")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        for piece in [333_333, 1 << 20, 1 << 24] {
            let observed = Observed()
            let file = try LongFile(path: path, threads: threads) { observed.add($0) }
            for start in stride(from: 0, to: count, by: piece) { try file.write(Array(all[start..<min(start + piece, count)])) }
            try file.finish()
            #expect(try folder.bytes("out") == all, "cut by \(piece)")
            #expect(observed.bytes.withLock { $0 } == all, "cut by \(piece)")
            #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test("takes a table's rows as a file of its own does", arguments: [1, 2])
    func table(threads: Int) throws {
        let folder = try ScratchFolder()
        let options = CSVWriter.Options(encoding: .utf8WithMark)
        let file = try LongFile(path: folder.file("long.csv"), threads: threads) { _ in }
        let writers = [try CSVWriter(to: file, options: options), try CSVWriter(path: folder.file("plain.csv"), options: options)]
        for writer in writers {
            for row in 0..<40_000 { try writer.write(row: [.integer(row), .text("召回, \(row)"), .decimal(Double(row) / 7, places: 6)]) }
            try writer.close()
            #expect(writer.rowCount == 40_000)
        }
        try file.finish()
        let long = try folder.bytes("long.csv")
        #expect(long.count > 1 << 20)
        #expect(try folder.bytes("plain.csv") == long)
    }

    @Test("a full disk is an error at the latest at the end, and at every later call", arguments: [1, 2], [10, 3 << 20])
    func full(threads: Int, count: Int) throws {
        let expected = TablesError.cannotWrite(path: "/dev/full", errno: ENOSPC)
        let file = try LongFile(path: "/dev/full", threads: threads) { _ in }
        do { try file.write(content(count)) } catch { #expect(error == expected) }
        #expect(throws: expected) { try file.finish() }
        #expect(throws: expected) { try file.write([1]) }
        #expect(throws: expected) { try file.finish() }
    }

    @Test("where it cannot be made it says why")
    func refused() throws {
        let folder = try ScratchFolder()
        #expect(throws: TablesError.cannotWrite(path: folder.path, errno: EISDIR)) { _ = try LongFile(path: folder.path, threads: 2) { _ in } }
    }

    @Test("what comes after its end is refused, and goes nowhere", arguments: [1, 2])
    func late(threads: Int) throws {
        let folder = try ScratchFolder()
        let path = folder.file("out")
        let file = try LongFile(path: path, threads: threads) { _ in }
        try file.write(content(10))
        try file.finish()
        do { try file.write(content(2 << 20)) } catch { #expect(error == .cannotWrite(path: path, errno: EBADF)) }
        #expect(throws: TablesError.cannotWrite(path: path, errno: EBADF)) { try file.finish() }
        #expect(try folder.bytes("out") == content(10))
    }
}
