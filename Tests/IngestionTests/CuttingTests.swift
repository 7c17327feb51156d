import PipelineModel
import Testing
import Warehouse

@testable import Ingestion

@Suite("No result depends on how files are cut and on how many threads read them") struct CuttingTests {
    @Test("findings, accounts, rows, facts, ratings, evidence and rejects are the same", arguments: 0..<4)
    func sameNight(seed: Int) throws {
        var messy = MessyExports(random: SplitMix(state: UInt64(seed) + 500))
        let exports = try Exports()
        let isBroken = seed % 4 == 3
        try messy.write(to: exports, isBroken: isBroken)
        let whole = try MessyNight(exports, FileCutting(threads: 1, bytesInRange: 1 << 30))
        #expect(whole.refused == isBroken)
        #expect(whole.files.contains { $0.rowsRejected > 20 && (isBroken || $0.rowsDuplicate > 10) })
        #expect(isBroken || !whole.evidence.isEmpty && !whole.ratings.isEmpty && !whole.unresolved.isEmpty && !whole.rows[3].isEmpty)
        for (threads, bytes) in [(1, 700), (2, 150), (5, 1_111), (3, 5_000)] {
            let cut = try MessyNight(exports, FileCutting(threads: threads, bytesInRange: bytes))
            #expect(cut == whole, "\(threads) threads, ranges of \(bytes) bytes")
        }
    }
}
