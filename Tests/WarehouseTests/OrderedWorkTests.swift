import Synchronization
import Testing
import Warehouse

@Suite("Work in order") struct OrderedWorkTests {
    @Test("results come in the order of the pieces, each once", arguments: [1, 2, 7])
    func order(threads: Int) {
        var seen: [Int] = []
        OrderedWork(count: 200, threads: threads) { $0 * 3 }.forEach { piece, result in
            #expect(result == piece * 3)
            seen.append(piece)
        }
        #expect(seen == Array(0..<200))
    }

    @Test("what is begun before it is asked for comes to the same, and no more is made than may wait", arguments: [1, 2, 5])
    func begun(threads: Int) {
        let made = Atomic(0)
        let begun = OrderedWork(count: 100, threads: threads, ahead: 4) { piece in
            made.wrappingAdd(1, ordering: .relaxed)
            return piece + 1
        }.begin()
        #expect(made.load(ordering: .relaxed) <= 4 * threads)
        var seen: [Int] = []
        begun.forEach { seen.append($1) }
        #expect(seen == Array(1...100))
        #expect(made.load(ordering: .relaxed) == 100)
    }

    @Test("much that was begun and is not yet taken keeps no thread from other work", arguments: [2, 5])
    func manyBegun(threads: Int) {
        let begun = (0..<40).map { work in OrderedWork(count: 50, threads: threads, ahead: 2) { work * 100 + $0 }.begin() }
        for (work, begun) in begun.enumerated().reversed() {
            var seen: [Int] = []
            begun.forEach { seen.append($1) }
            #expect(seen == (0..<50).map { work * 100 + $0 })
        }
    }

    @Test("an error of the taker ends the work")
    func failure() {
        struct Stop: Error {}
        var taken = 0
        #expect(throws: Stop.self) {
            try OrderedWork(count: 1_000, threads: 3) { $0 }.forEach { piece, _ in
                taken += 1
                if piece == 5 { throw Stop() }
            }
        }
        #expect(taken == 6)
    }
}

@Suite("Work in a stream") struct OrderedStreamTests {
    @Test("results come in the order of the pieces, each once, and the last ones at the end", arguments: [0, 1, 7, 8, 9, 500], [1, 2, 5])
    func order(count: Int, threads: Int) throws {
        var seen: [String] = []
        let stream = OrderedStream<Int, String>(threads: threads) { "\($0)" }
        for piece in 0..<count { try stream.add(piece) { seen.append($0) } }
        try stream.finish { seen.append($0) }
        #expect(seen == (0..<count).map { "\($0)" })
        try stream.finish { _ in Issue.record("a result came twice") }
    }

    @Test("an error of the taker reaches whoever hands pieces over")
    func failure() {
        struct Stop: Error {}
        let stream = OrderedStream<Int, Int>(threads: 2) { $0 }
        #expect(throws: Stop.self) {
            for piece in 0..<100 { try stream.add(piece) { if $0 == 3 { throw Stop() } } }
        }
    }
}
