import Foundation
import GRDB
import PipelineModel
import Synchronization
import Testing

@testable import Warehouse

@Suite("Pieces that read side by side") final class SideReadingTests {
    private struct Failed: Error, Equatable { let piece: Int }

    private let folder: URL
    private let path: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("side-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.appendingPathComponent("warehouse.sqlite").path
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// A warehouse with two measures.
    private func warehouse(path: String) throws -> Warehouse {
        let warehouse = try Warehouse(path: path)
        try warehouse.write { try $0.insert([measure("a"), measure("b")]) }
        return warehouse
    }

    private func measure(_ name: String) -> MeasureRecord { MeasureRecord(measure: name, decimals: 0) }

    @Sendable private static func count(_ transaction: Transaction) throws -> Int { try transaction.all(MeasureRecord.self).count }

    @Test("come in their order, and see what stood before the transaction, which can change it afterwards", arguments: [1, 2, 3, 64])
    func order(threads: Int) throws {
        let warehouse = try warehouse(path: path)
        let made = try warehouse.write { transaction in
            let made = try transaction.readSideBySide(20, threads: threads) { piece, reading in piece * 10 + (try Self.count(reading)) }
            try transaction.insert([measure("c")])
            return made
        }
        #expect(made == (0..<20).map { $0 * 10 + 2 })
        #expect(try warehouse.read { try Self.count($0) } == 3)
        let pair = try warehouse.read { try $0.readSideBySide(threads: threads, { try Self.count($0) }, { "\(try Self.count($0))" }) }
        #expect(pair.0 == 3 && pair.1 == "3")
        #expect(try warehouse.read { try $0.readSideBySide(0, threads: threads) { piece, _ in piece } }.isEmpty)
    }

    /// Whether two pieces were under way at a time: each waits for the other, and not for ever.
    private func meet(_ transaction: Transaction) throws -> Bool {
        let (first, second) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let met = try transaction.readSideBySide(2, threads: 2) { piece, reading -> Bool in
            _ = try Self.count(reading)
            (piece == 0 ? first : second).signal()
            return (piece == 0 ? second : first).wait(timeout: .now() + (piece == 0 ? 5 : 30)) == .success
        }
        return met[0]
    }

    @Test("are made at a time in a transaction that has changed nothing, and alone in one that has, or in memory")
    func connections() throws {
        let warehouse = try warehouse(path: path)
        #expect(try warehouse.read { try meet($0) })
        #expect(try warehouse.write { try meet($0) })
        let memory = try self.warehouse(path: ":memory:")
        // Alone, all pieces see what the transaction has changed.
        for warehouse in [warehouse, memory] {
            let seen = try warehouse.write { transaction in
                try transaction.insert([measure("c")])
                return try transaction.readSideBySide(4, threads: 2) { _, reading in try Self.count(reading) }
            }
            #expect(seen == [3, 3, 3, 3])
        }
    }

    @Test("the first that fails says why, and nothing is left open")
    func failure() throws {
        let warehouse = try warehouse(path: path)
        let begun = Atomic(0)
        #expect(throws: Failed(piece: 2)) {
            try warehouse.write { transaction in
                _ = try transaction.readSideBySide(1_000, threads: 3) { piece, _ in
                    begun.wrappingAdd(1, ordering: .relaxed)
                    if piece >= 2 { throw Failed(piece: piece) }
                    return piece
                }
            }
        }
        #expect(begun.load(ordering: .relaxed) < 1_000)
        try warehouse.write { try $0.insert([measure("c")]) }
        #expect(try warehouse.read { try Self.count($0) } == 3)
    }

    @Test("cannot write on a connection of their own")
    func readOnly() throws {
        let warehouse = try warehouse(path: path)
        let own = try #require(try SideReaders(path: path).open())
        #expect(throws: (any Error).self) {
            try own.writeWithoutTransaction { try $0.execute(sql: "DELETE FROM measures") }
        }
        #expect(try SideReaders(path: nil).open() == nil)
        #expect(try warehouse.read { try Self.count($0) } == 2)
    }

    @Test("are made by the one connection there is where no other can be opened, and stored")
    func oneConnection() throws {
        let warehouse = try warehouse(path: path)
        let elsewhere = "\(path).elsewhere"
        var seen: [Int] = []
        try warehouse.write { transaction in
            // Who opens the path finds nothing; who has opened it before reads on.
            try FileManager.default.moveItem(atPath: path, toPath: elsewhere)
            #expect(throws: (any Error).self) { _ = try SideReaders(path: path).open()?.read { try Int.fetchOne($0, sql: "SELECT 1") } }
            let made = try transaction.readSideBySide(20, threads: 3) { piece, reading in piece * 10 + (try Self.count(reading)) }
            #expect(made == (0..<20).map { $0 * 10 + 2 })
            try transaction.storeSideBySide(20, threads: 3) { piece, reading in
                (piece, try Self.count(reading))
            } begin: {
                // SQLite writes to no file that was moved.
                try FileManager.default.moveItem(atPath: elsewhere, toPath: path)
            } store: { piece, count in
                seen.append(count)
                try transaction.insert([measure("m\(piece)")])
            }
        }
        #expect(seen == [Int](repeating: 2, count: 20))
        #expect(try warehouse.read { try Self.count($0) } == 22)
    }

    @Test("are stored in their order while others read, and none sees what has been stored", arguments: [1, 2, 3, 64])
    func stored(threads: Int) throws {
        for path in [path, ":memory:"] {
            let warehouse = try warehouse(path: path)
            var (seen, hasBegun): ([Int], Bool) = ([], false)
            try warehouse.write { transaction in
                try transaction.storeSideBySide(20, threads: threads) { piece, reading in
                    (piece, try Self.count(reading))
                } begin: {
                    hasBegun = true
                    try transaction.clear("measures")
                } store: { piece, count in
                    #expect(hasBegun)
                    seen.append(count)
                    try transaction.insert([measure("m\(piece)")])
                }
            }
            #expect(seen == [Int](repeating: 2, count: 20))
            #expect(try warehouse.read { try $0.all(MeasureRecord.self).map(\.measure) } == (0..<20).map { "m\($0)" }.sorted())
        }
    }

    @Test("more can be stored while others read than SQLite keeps pages in memory for")
    func storedBeyondCache() throws {
        let warehouse = try warehouse(path: path)
        // A thousand rows of 64 KB, of which 32 MB are kept, while two still read.
        let name = String(repeating: "x", count: 65_536)
        let mayEnd = DispatchSemaphore(value: 0)
        try warehouse.write { transaction in
            try transaction.storeSideBySide(3, threads: 2) { piece, reading -> Int in
                if piece > 0 { mayEnd.wait() }
                return try Self.count(reading)
            } begin: {
            } store: { count in
                #expect(count == 2)
                guard try Self.count(transaction) == 2 else { return }
                try transaction.insert((0..<1_000).lazy.map { self.measure("\(name)\($0)") })
                mayEnd.signal()
                mayEnd.signal()
            }
        }
        #expect(try warehouse.read { try Self.count($0) } == 1_002)
    }

    @Test("nothing is stored where a piece or its storing fails, and nothing is left open", arguments: [1, 2, 3], ["piece", "storing"])
    func storedFailure(threads: Int, what: String) throws {
        let warehouse = try warehouse(path: path)
        let begun = Atomic(0)
        #expect(throws: Failed(piece: 2)) {
            try warehouse.write { transaction in
                try transaction.storeSideBySide(1_000, threads: threads) { piece, reading in
                    begun.wrappingAdd(1, ordering: .relaxed)
                    _ = try Self.count(reading)
                    if what == "piece", piece >= 2 { throw Failed(piece: piece) }
                    return piece
                } begin: {
                } store: { piece in
                    try transaction.insert([measure("m\(piece)")])
                    if what == "storing", piece >= 2 { throw Failed(piece: piece) }
                }
            }
        }
        #expect(what == "storing" || begun.load(ordering: .relaxed) < 1_000)
        try warehouse.write { try $0.insert([measure("c")]) }
        #expect(try warehouse.read { try Self.count($0) } == 3)
    }
}
