import Foundation
import Testing

@testable import Ingestion

@Suite("A file that has grown is known by its beginning") struct FileIndexTests {
    private func seal(_ text: String) -> PartSeal { PartSeal(context: "ballots", bytes: Array(text.utf8), secret: "a") }

    @Test("beginnings are hashed every so many bytes, and never the whole file", arguments: [0, 1, 499, 500, 501, 1_000, 1_001, 600_000])
    func beginnings(bytes: Int) throws {
        let exports = try Exports()
        let content = Data((0..<bytes).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) })
        let path = exports.folder + "/file"
        try content.write(to: URL(fileURLWithPath: path))
        let hashed = FileDigest.hashed(path, step: 500)
        #expect(hashed.sha256 == FileDigest.sha256(of: path) && hashed.sha256.utf8.count == 64)
        #expect(hashed.beginnings.count == max(0, (bytes - 1) / 500))
        for (index, hash) in hashed.beginnings.enumerated() where index < 3 {
            try content.prefix(500 * (index + 1)).write(to: URL(fileURLWithPath: path))
            #expect(FileDigest.hexadecimal(hash) == FileDigest.sha256(of: path))
        }
        #expect(!hashed.beginnings.map(FileDigest.hexadecimal).contains(hashed.sha256))
        #expect(FileDigest.hashed(exports.folder + "/none", step: 500).sha256 == "")
    }

    @Test("an index has the parts of the beginning, up to the first that is not kept, and opens them")
    func parts() throws {
        let parts: [(Range<Int>, PartSeal?)] = [
            (0..<300, seal("a")), (300..<610, seal("b")), (610..<900, nil), (900..<980, seal("d")), (980..<1_200, seal("e")),
        ]
        func ranges(_ bytes: Int) -> [Range<Int>] { FileIndex(parts, bytes: bytes).seals.keys.sorted { $0.lowerBound < $1.lowerBound } }
        #expect(ranges(299) == [] && ranges(300) == [0..<300] && ranges(5_000) == [0..<300, 300..<610])
        let stored = FileIndex(parts, bytes: 1_000).bytes
        let index = try stored.withUnsafeBytes { bytes in
            var reader = PartReader(bytes)
            return try FileIndex(from: &reader)
        }
        let own = try #require(index.seals[300..<610])
        let locked = try #require(seal("b").locked([1, 2, 3], .account))
        #expect(own.name(.rows) == seal("b").name(.rows) && own.opened(locked, .account).map(Array.init) == [1, 2, 3])
        for end in stride(from: 0, to: stored.count, by: 41) {
            stored.prefix(end).withUnsafeBytes { bytes in
                var reader = PartReader(UnsafeRawBufferPointer(bytes))
                #expect((try? FileIndex(from: &reader)) == nil)
            }
        }
    }

    @Test("hashes of files are the same however many are ahead, in whatever order they are asked for", arguments: [1, 2])
    func ahead(threads: Int) throws {
        let exports = try Exports()
        let files = try (0..<20).map { number in
            try exports.write("f\(number).csv", String(repeating: "\(number)", count: 1 + number * 100))
            return InputFile(path: exports.folder + "/f\(number).csv", name: "f\(number).csv", bytes: 1 + number * 100)
        }
        let hashes = FileHashes(of: files, threads: threads, step: 300, known: [files[3].path: "known"])
        for place in [19, 0, 7, 3, 7, 12] {
            let expected = place == 3 ? "known" : FileDigest.sha256(of: files[place].path)
            #expect(hashes[files[place]].sha256 == expected)
        }
        #expect(hashes[InputFile(path: exports.folder + "/gone", name: "gone", bytes: 1)].sha256 == "")
    }
}
