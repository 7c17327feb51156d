import Testing
import Warehouse

@Suite("Work beside") struct SideWorkTests {
    @Test("the results come in the order of the pieces, each made once", arguments: [0, 1, 2, 7, 1_000], [1, 2, 3, 16])
    func order(count: Int, threads: Int) {
        let work = SideWork(count, threads: threads) { piece in piece * piece }
        #expect(work.results() == (0..<count).map { $0 * $0 })
    }

    @Test("results that are asked for again are the same")
    func again() {
        let work = SideWork(100, threads: 2) { "\($0)" }
        #expect(work.results() == work.results())
    }
}
