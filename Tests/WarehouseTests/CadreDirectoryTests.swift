import PipelineModel
import Testing

@testable import Warehouse

@Suite("Everybody on the roster is found by their number") struct CadreDirectoryTests {
    private func directory(_ ids: [String]) -> CadreDirectory {
        CadreDirectory(
            ids.enumerated().map { line, id in
                CadreEntry(cadreID: id, name: nil, rank: nil, unitID: nil, entry: nil, status: .active, fileID: 1, line: line + 2)
            })
    }

    @Test(
        "in the order of the numbers, and of several of one number the last",
        arguments: [
            ([], []), (["C1"], [2]), (["C1", "C2", "C9"], [2, 3, 4]), (["C9", "C1", "C2"], [3, 4, 2]), (["C1", "C1"], [3]),
            (["C2", "C1", "C2", "C1", "C3"], [5, 4, 6]),
        ] as [([String], [Int])])
    func order(ids: [String], lines: [Int]) {
        let directory = directory(ids)
        #expect(directory.values.map(\.cadreID) == Set(ids).sorted())
        #expect(directory.values.map(\.line) == lines && directory.count == lines.count)
        #expect(directory.values.allSatisfy { directory[$0.cadreID] == $0 })
        #expect(directory["C0"] == nil)
    }
}
