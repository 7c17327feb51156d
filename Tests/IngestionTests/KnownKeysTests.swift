import Synchronization
import Testing

@testable import Ingestion

/// Keys of parts that another night knows are not looked through with the others, and who stands is the same.
@Suite struct KnownKeysTests {
    /// The keys of a part of the file 1, by their numbers, on lines from 2 on.
    private func keys(_ numbers: [Int]) -> KeyIndex {
        var index = KeyIndex()
        for (line, number) in numbers.enumerated() {
            var hash = RecordHash()
            hash.mix(UInt64(number))
            index.insert(hash, at: Position(file: 1, line: Int32(2 + line)))
        }
        return index
    }

    /// Who does not stand among the rows of parts, where those of some are only known; how many of these were opened; and what is known then.
    private func replaced(_ parts: [[Int]], by ledger: KeyLedger) throws -> (rows: [KeyIndex.Replaced], opened: Int, ledger: KeyLedger) {
        let opened = Atomic(0)
        let spill = KeySpill(in: SpillFile(in: nil))
        var known: [KnownKeys] = []
        var linesBefore = 0
        for part in parts {
            let keys = keys(part)
            if let repeated = ledger.repeated["\(part)"] {
                known.append(
                    KnownKeys(linesBefore: linesBefore, lines: part.count + 1, repeated: repeated) {
                        opened.wrappingAdd(1, ordering: .relaxed)
                        return keys
                    })
            } else {
                spill.take(keys, linesLater: linesBefore)
            }
            linesBefore += part.count + 1
        }
        let rows = try spill.replaced(known, threads: 2)
        let lines = Set(rows.flatMap { [$0.position.line, $0.by.line] })
        var next = KeyLedger()
        linesBefore = 0
        for part in parts {
            let own = part.indices.map { Int32(2 + $0) }.filter { lines.contains($0 + Int32(linesBefore)) }
            next.add("\(part)", repeated: own, of: part.count + 1)
            linesBefore += part.count + 1
        }
        return (rows, opened.load(ordering: .relaxed), next)
    }

    @Test("nights on which parts come, go and change have the rows that stand which they have when all keys are looked through", arguments: 0..<30)
    func sameRows(seed: Int) throws {
        var random = SplitMix(state: UInt64(seed) + 40)
        // From keys of which hardly one stands twice, to such as nearly all do.
        let numbers = [20_000, 4_000, 1_000][seed % 3]
        func part() -> [Int] { (0..<(20 + random.next(below: 60))).map { _ in random.next(below: numbers) } }
        var parts = (0..<20).map { _ in part() }
        var ledger = KeyLedger()
        for night in 0..<6 {
            let known = try replaced(parts, by: ledger)
            #expect(known.rows == (try replaced(parts, by: KeyLedger())).rows, "night \(night)")
            ledger = known.ledger
            switch random.next(below: 5) {
            case 0: parts.append(part())
            case 1: parts.remove(at: random.next(below: parts.count))
            case 2: parts[random.next(below: parts.count)] = part()
            case 3: parts.append(parts[random.next(below: parts.count)].shuffled(using: &random))
            default: break
            }
        }
    }

    @Test("where nothing is new, only parts are opened of which rows are known to be repeated")
    func nothingNew() throws {
        let parts = [Array(0..<40), Array(100..<140), [7] + Array(200..<240)]
        let first = try replaced(parts, by: KeyLedger())
        #expect(first.rows == [KeyIndex.Replaced(position: Position(file: 1, line: 9), by: Position(file: 1, line: 84))], "7 stands twice")
        let second = try replaced(parts, by: first.ledger)
        #expect(second.rows == first.rows, "as on the first night")
        #expect(second.opened == 2, "the second part has no row of which another is known")
        #expect(second.ledger == first.ledger, "nothing was learned")
    }

    @Test("what is known comes back from its bytes, and a part of which half is repeated is not worth knowing")
    func ledger() throws {
        var ledger = KeyLedger()
        ledger.add("a 1 2", repeated: [], of: 100)
        ledger.add("b 1 2", repeated: [3, 17], of: 100)
        ledger.add("b 1 2", repeated: [17, 90], of: 100)
        ledger.add("c 1 2", repeated: Array(1...50), of: 100)
        #expect(ledger.repeated == ["a 1 2": [], "b 1 2": [3, 17, 90]], "two parts of the same bytes are known as one")
        let bytes = ledger.bytes
        let read = try bytes.withUnsafeBytes { bytes in
            var reader = PartReader(bytes)
            return try KeyLedger(from: &reader)
        }
        #expect(read == ledger, "as it was written")
        for end in [0, 7, 9, bytes.count - 1] {
            #expect(throws: PartReader.Fault.self, "cut at \(end)") {
                try bytes[..<end].withUnsafeBytes { bytes in
                    var reader = PartReader(bytes)
                    _ = try KeyLedger(from: &reader)
                }
            }
        }
    }

    @Test("a filter passes every key that was put in, and few others")
    func filter() {
        func entry(_ number: Int) -> KeyBlock.Entry {
            var hash = RecordHash()
            hash.mix(UInt64(number))
            return KeyBlock.Entry(hash)
        }
        var filter = KeyFilter(keys: 1_000)
        for number in 0..<1_000 { filter.insert(entry(number)) }
        let (own, others) = filter.withTest { passes in
            ((0..<1_000).filter { passes(entry($0)) }.count, (1_000..<101_000).filter { passes(entry($0)) }.count)
        }
        #expect(own == 1_000, "none that was put in is lost")
        #expect(others < 300, "one in a thousand is expected: \(others) of 100,000")
    }
}
