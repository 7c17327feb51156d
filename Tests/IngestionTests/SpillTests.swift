import Foundation
import PipelineModel
import Testing
import Warehouse

@testable import Ingestion

@Suite("What is put aside until a source is read comes back as it was") struct SpillTests {
    private struct Entry: BitwiseCopyable, Equatable, Sendable {
        let number: Int32
        let part: Int16
        let more: Int16
    }

    /// Entries of so many parts as they come, and by part.
    private func entries(parts: Int, seed: Int) -> (all: [Entry], byPart: [[Entry]]) {
        var random = SplitMix(state: UInt64(seed))
        let all = (0..<2_000).map { Entry(number: $0, part: Int16(random.next(below: parts)), more: Int16(random.next(below: 1_000))) }
        return (all, (0..<parts).map { part in all.filter { Int($0.part) == part } })
    }

    private func spilled(_ all: [Entry], parts: Int, in file: SpillFile) -> Spilled<Entry> {
        let writer = SpillWriter<Entry>(parts: parts, in: file)
        for entry in all { writer.append(entry, to: Int(entry.part)) }
        return writer.end()
    }

    @Test("entries come back part by part, in the order in which they came", arguments: [1, 7, 300])
    func order(parts: Int) throws {
        let exports = try Exports()
        let (all, byPart) = entries(parts: parts, seed: parts)
        for file in [SpillFile(in: exports.folder, bytesInPiece: 64), SpillFile(in: exports.folder), SpillFile(in: nil, bytesInPiece: 64)] {
            let spilled = spilled(all, parts: parts, in: file)
            #expect(try (0..<parts).map { try spilled.entries(of: $0) } == byPart)
            #expect(!spilled.isEmpty)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: exports.folder).isEmpty, "the file has no name")
        #expect(spilled([], parts: parts, in: SpillFile(in: nil)).isEmpty)
        #expect(try spilled([], parts: parts, in: SpillFile(in: nil)).entries(of: parts - 1).isEmpty)
    }

    @Test("a disk that is full, or a folder that is not there, loses nothing: what they do not take stays in memory")
    func refusal() throws {
        let (all, byPart) = entries(parts: 5, seed: 5)
        let full = try #require(try? FileHandle(forUpdating: URL(fileURLWithPath: "/dev/full")))
        for file in [SpillFile(descriptor: dup(full.fileDescriptor), bytesInPiece: 64), SpillFile(in: "/nowhere", bytesInPiece: 64)] {
            let spilled = spilled(all, parts: 5, in: file)
            #expect(try (0..<5).map { try spilled.entries(of: $0) } == byPart)
            #expect([1, 2, 3].withUnsafeBytes { file.write($0) } == nil)
        }
    }

    @Test("so much of the disk is left free as the night needs")
    func room() throws {
        let exports = try Exports()
        let (all, byPart) = entries(parts: 2, seed: 2)
        let file = SpillFile(in: exports.folder, bytesInPiece: 64, bytesLeftFree: .max)
        #expect(try (0..<2).map { try spilled(all, parts: 2, in: file).entries(of: $0) } == byPart)
        #expect([1, 2, 3].withUnsafeBytes { file.write($0) } == nil)
        #expect([1, 2, 3].withUnsafeBytes { SpillFile(in: exports.folder, bytesInPiece: 64, bytesLeftFree: 1).write($0) } == 0)
    }

    @Test("what the disk does not give back is an error, and no smaller number")
    func lost() throws {
        let exports = try Exports()
        try exports.write("aside", "")
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: exports.folder + "/aside"))
        let spilled = spilled(entries(parts: 3, seed: 3).all, parts: 3, in: SpillFile(descriptor: dup(handle.fileDescriptor), bytesInPiece: 64))
        try handle.truncate(atOffset: 100)
        #expect { _ = try spilled.entries(of: 2) } throws: { error in
            guard case WarehouseError.cannotStore(let reason) = error else { return false }
            return reason.contains("put aside") && reason.contains("shorter")
        }
    }

    @Test("a night comes to the same whether rows are put aside on the disk or stay in memory", arguments: 0..<3)
    func sameNight(seed: Int) throws {
        var messy = MessyExports(random: SplitMix(state: UInt64(seed) + 900))
        let (exports, aside) = (try Exports(), try Exports())
        try messy.write(to: exports, isBroken: false)
        let cutting = FileCutting(threads: 3, bytesInRange: 900)
        let inMemory = try MessyNight(exports, cutting)
        #expect(!inMemory.evidence.isEmpty && !inMemory.ratings.isEmpty && inMemory.files.contains { $0.rowsDuplicate > 10 })
        #expect(try MessyNight(exports, cutting, spill: aside.folder) == inMemory)
        #expect(try MessyNight(exports, cutting, spill: "/nowhere") == inMemory)
        #expect(try FileManager.default.contentsOfDirectory(atPath: aside.folder).isEmpty)
    }

    @Test("keys on the disk find the rows that those in memory find", arguments: 0..<4)
    func keys(seed: Int) throws {
        let exports = try Exports()
        var random = SplitMix(state: UInt64(seed) + 40)
        var index = KeyIndex()
        let aside = KeySpill(in: SpillFile(in: exports.folder, bytesInPiece: 64))
        for file in Int32(1)...3 {
            for part in 0..<4 {
                var own = KeyIndex()
                for row in 0..<60 {
                    var key = RecordHash()
                    key.mix(UInt64(random.next(below: 300)))
                    // Every tenth line is one that was refused.
                    own.insert(key, at: Position(file: file, line: Int32(row + row / 9 + 1)))
                }
                aside.take(own, linesLater: part * 70)
                index.merge(own, linesLater: Int32(part * 70))
            }
        }
        let replaced = try aside.replaced(threads: 3)
        #expect(replaced.count > 400)
        #expect(try replaced == index.replaced(threads: 1))
        #expect(try index.standing().count + replaced.count == 3 * 4 * 60)
    }

    @Test("parts of the cadres are neighbours, and not too many", arguments: [0, 1, 1_024, 1_025, 100_000, 131_072, 131_073, 1_000_000, 30_000_000])
    func parts(cadres: Int) {
        let parts = CadreParts(cadres: cadres)
        #expect(parts.count <= 128)
        #expect((0..<parts.count).allSatisfy { $0 == 0 ? parts[$0].lowerBound == 0 : parts[$0].lowerBound == parts[$0 - 1].upperBound })
        #expect((0..<parts.count).reduce(0) { $0 + parts[$1].count } == cadres)
        for part in 0..<parts.count {
            #expect(parts[part].count <= parts.cadresInPart && !parts[part].isEmpty)
            #expect(parts.part(of: Int32(parts[part].lowerBound)) == part && parts.part(of: Int32(parts[part].upperBound - 1)) == part)
        }
    }

    @Test("a rater of whom there is a mark has a place in each memory that met them, and one number")
    func raters() {
        var places = RaterPlaces()
        places.withPlaces(of: 1) { #expect([$0.place(of: 3), $0.place(of: 0), $0.place(of: 3)] == [0, 1, 0]) }
        places.withPlaces(of: 0) { #expect($0.place(of: 1) == 2) }
        var memories = [TargetTable(), TargetTable()]
        for (memory, names) in [["absent", "li"], ["wang", "absent", "absent too", "li"]].enumerated() {
            for var name in names { _ = name.withUTF8 { memories[memory].intern(.cadre, $0) } }
        }
        let numbers = RaterNumbers(places, written: memories)
        #expect([numbers[0], numbers[1], numbers[2]] == [1, 2, 1])
        #expect(numbers[3, memory: 1] == 1 && numbers[1, memory: 0] == 1)
    }
}
