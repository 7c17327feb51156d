import Foundation
import Glibc
import Testing

@testable import Ingestion

@Suite("Kept parts are the same bytes again, past the kernel's pages or through them") struct PartFileTests {
    private let exports: Exports

    init() throws { exports = try Exports() }

    private func content(_ count: Int) -> Data { Data((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }) }

    @Test("of any length, around whole blocks too", arguments: [0, 1, 511, 4_095, 4_096, 4_097, 8_192, 1_000_003])
    func lengths(count: Int) throws {
        let path = exports.folder + "/part"
        // What a longer one leaves behind is gone.
        #expect(PartFile.write(content(count + 5_000), to: path))
        #expect(PartFile.write(content(count), to: path))
        #expect(PartFile.content(of: path) == content(count))
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == content(count))
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        #expect(PartFile.bytes(of: 0..<count, path: path) == Array(content(count)))
        #expect(PartFile.bytes(of: 0..<(count + 1), path: path) == nil)
    }

    @Test("a range is what stands there, wherever it begins")
    func ranges() throws {
        let (path, all) = (exports.folder + "/export", content(10_000))
        try all.write(to: URL(fileURLWithPath: path))
        for range in [0..<10_000, 1..<2, 4_095..<8_193, 9_999..<10_000, 5_000..<5_000] {
            #expect(PartFile.bytes(of: range, path: path) == Array(all[range]))
        }
    }

    @Test("what cannot be written or read says so")
    func refused() throws {
        let missing = exports.folder + "/missing/part"
        #expect(!PartFile.write(content(10), to: missing))
        #expect(errno == ENOENT)
        #expect(PartFile.content(of: missing) == nil && PartFile.content(of: exports.folder) == nil)
        // A device that is full is no file to keep anything in.
        #expect(!PartFile.write(content(10), to: "/dev/full") && PartFile.content(of: "/dev/full") == nil)
    }
}
