import Foundation
import PipelineModel
import Testing
import Warehouse

@testable import Ingestion

/// A folder of parts, and exports that change from night to night.
private struct CachedNights {
    let exports: Exports
    let parts: Exports
    let cutting: FileCutting

    init(bytesInRange: Int = 400) throws {
        (exports, parts) = (try Exports(), try Exports())
        cutting = FileCutting(threads: 2, bytesInRange: bytesInRange)
    }

    var cache: String { parts.folder + "/cache" }
    func names() throws -> Set<String> { Set(try FileManager.default.contentsOfDirectory(atPath: cache)) }

    /// What is kept, by name.
    func contents() throws -> [String: Data] {
        Dictionary(uniqueKeysWithValues: try names().map { ($0, try Data(contentsOf: URL(fileURLWithPath: cache + "/" + $0))) })
    }

    func night(
        over standing: Warehouse? = nil, asOf: CalendarDate = nightOfTests, hash: String = "a", bytesLeftFree: Int = 0,
        warn: @escaping (String) -> Void = { _ in }
    ) throws -> MessyNight {
        try MessyNight(exports, cutting, over: standing, asOf: asOf, cache: cache, bytesLeftFree: bytesLeftFree, configurationHash: hash, warn: warn)
    }

    func fresh(asOf: CalendarDate = nightOfTests) throws -> MessyNight { try MessyNight(exports, cutting, asOf: asOf) }

    func lines(of name: String) throws -> [String] {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: exports.folder + "/" + name)), as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false
        )
        .map(String.init)
    }
}

@Suite("What was read on another night changes no result") struct PartCacheTests {
    private func messy(_ seed: Int) throws -> CachedNights {
        let nights = try CachedNights()
        var messy = MessyExports(random: SplitMix(state: UInt64(seed) + 900))
        try messy.write(to: nights.exports, isBroken: false)
        return nights
    }

    /// One night's change to an export: rows come, go, change, move or are broken; people come and go.
    private func edit(_ nights: CachedNights, _ random: inout SplitMix) throws {
        let name = ["tasks_1.csv", "tasks_2.csv", "petitions.csv", "roster.csv", "posts.csv"][random.next(below: 5)]
        var lines = try nights.lines(of: name)
        let place = 1 + random.next(below: max(1, lines.count - 1))
        switch (name, random.next(below: 5)) {
        case ("roster.csv", 0): lines.insert("A\(random.next(below: 9)),新一,1980-01-01,U1,2005-01-01", at: 1)
        case ("roster.csv", _): lines[min(place, lines.count - 1)] = "C9,九九,1980-01-01,U1,2005-01-01"
        case ("posts.csv", _): lines.insert("C\(1 + random.next(below: 4)),U1,P1,2025-0\(1 + random.next(below: 9))-01,", at: 1)
        case (_, 0): if place < lines.count { lines.remove(at: place) }
        case (_, 1): lines.insert(lines[place % lines.count], at: place)
        case (_, 2): lines += lines.suffix(3)
        case (_, 3): lines[place % lines.count] += ","
        default: lines.swapAt(1, place % lines.count)
        }
        try nights.exports.write(name, lines.joined(separator: "\n"))
    }

    @Test(
        "nights of random edits, each with the parts of those before it and mostly over the warehouse of the last, are what they are without",
        arguments: 0..<8)
    func randomEdits(seed: Int) throws {
        let nights = try messy(seed)
        var random = SplitMix(state: UInt64(seed) + 2_000)
        var found = 0
        var warehouse = try Warehouse(path: ":memory:")
        for round in 0..<8 {
            let asOf = random.next(below: 3) == 0 ? CalendarDate(iso: "2025-0\(1 + random.next(below: 9))-15") ?? nightOfTests : nightOfTests
            let before = round == 0 ? [] : try nights.names()
            if random.next(below: 4) == 0 { warehouse = try Warehouse(path: ":memory:") }
            let differences = try nights.night(over: warehouse, asOf: asOf).differences(from: nights.fresh(asOf: asOf))
            #expect(differences.isEmpty, "round \(round), night \(asOf): \(differences)")
            found += try nights.names().intersection(before).count
            try edit(nights, &random)
        }
        #expect(found > 100)
    }

    @Test("of a file in which one row has changed one part is read again; of one with rows in front soon none")
    func oneRow() throws {
        let nights = try CachedNights(bytesInRange: 4_000)
        try nights.exports.writePeople()
        try nights.exports.write("petitions.csv", "record_id,unit,post,kind,received\n")
        let rows = (0..<5_000).map { "T\($0),C\($0 % 5),,,2025-03-\(10 + $0 % 20),,\($0 % 90)" }
        func write(_ rows: [String]) throws {
            try nights.exports.write("tasks.csv", "record_id,cadre_id,unit,post,due_date,completed_date,quality\n" + rows.map { $0 + "\n" }.joined())
        }
        try write(rows)
        let first = try nights.night()
        let whole = try nights.names()
        #expect(whole.count > 30 && !first.facts.isEmpty)
        var changed = rows
        changed[1_000] = "T1000,C1,,,2025-03-20,2025-03-21,100"
        try write(changed)
        let second = try nights.night()
        #expect(try second == nights.fresh() && second != first)
        // With its keys; and an index of the file, which begins otherwise.
        #expect(try nights.names().subtracting(whole).count == 3)
        try write(["T9000,C1,,,2025-03-20,,", "T9001,C1,,,2025-03-20,,"] + rows)
        let third = try nights.night()
        #expect(try third == nights.fresh())
        // Among them is the part that had been changed: the last night has removed what it was before.
        #expect(try nights.names().subtracting(whole).count < 12)
        try write(rows + ["T9002,C1,,,2025-03-20,,"])
        #expect(try nights.night() == nights.fresh())
    }

    @Test("rows that stand, move, change or mean somebody else tonight are what a new warehouse has")
    func standingRows() throws {
        let nights = try CachedNights(bytesInRange: 4_000)
        try nights.exports.writePeople()
        try nights.exports.write("tasks.csv", "record_id,cadre_id,unit,post,due_date,completed_date,quality\n")
        let rows = (0..<2_000).map { "X\($0),U\(1 + $0 % 2),P\(1 + $0 % 2),检举控告,2025-0\(1 + $0 % 9)-\(10 + $0 % 19)" }
        let warehouse = try Warehouse(path: ":memory:")
        func night(_ rows: [String], _ comment: String) throws {
            try nights.exports.write("petitions.csv", "record_id,unit,post,kind,received\n" + rows.map { $0 + "\n" }.joined())
            let (night, fresh) = (try nights.night(over: warehouse), try nights.fresh())
            #expect(night.rows[3].count == rows.count && night.differences(from: fresh).isEmpty, "\(comment)")
        }
        try night(rows, "first")
        try night(rows + ["X9000,U1,P1,检举控告,2025-03-20"], "one more at the end")
        try night(["X9001,U1,P1,检举控告,2025-03-20"] + rows, "one in front of all")
        var changed = rows
        changed[900] = "X900,U1,P1,,2025-03-20"
        try night(changed, "one gone in front, one changed")
        try night(Array(changed.dropFirst(700)), "a third gone")
        let posts = try nights.lines(of: "posts.csv")
        try nights.exports.write("posts.csv", (posts.prefix(2) + posts.dropFirst(3)).joined(separator: "\n"))
        try night(rows, "a post less")
        try night(rows.reversed(), "all in another order")
    }

    @Test("a row of tonight that repeats one of a part that is known is found, and is on the nights after it, also where its part's keys are gone")
    func repeatedLater() throws {
        let nights = try CachedNights(bytesInRange: 4_000)
        try nights.exports.writePeople()
        try nights.exports.write("petitions.csv", "record_id,unit,post,kind,received\n")
        var rows = (0..<2_000).map { "T\($0),C\($0 % 5),,,2025-03-\(10 + $0 % 20),,\($0 % 90)" }
        let warehouse = try Warehouse(path: ":memory:")
        func night(repeated: Int, _ comment: String) throws {
            try nights.exports.write("tasks.csv", "record_id,cadre_id,unit,post,due_date,completed_date,quality\n" + rows.map { $0 + "\n" }.joined())
            let (night, fresh) = (try nights.night(over: warehouse), try nights.fresh())
            #expect(night.differences(from: fresh).isEmpty, "\(comment)")
            #expect(night.files.reduce(0) { $0 + $1.rowsDuplicate } == repeated, "\(comment)")
        }
        try night(repeated: 0, "all keys stand once")
        rows.append("T2000,C1,,,2025-03-20,,")
        try night(repeated: 0, "one more")
        rows.append("T700,C2,,,2025-04-02,,7")
        try night(repeated: 1, "one that replaces an old one")
        rows.append("T2001,C1,,,2025-03-20,,")
        try night(repeated: 1, "one more, with the keys of all other parts known")
        rows += ["T700,C2,,,2025-04-03,,7", "T1200,C2,,,2025-04-03,,7"]
        try night(repeated: 3, "the same once more, and another")
        // Of half the files, as their names have it: parts lose what they came to, or their keys, or both.
        for (name, content) in try nights.contents() where content.count > 600 && name.utf8.reduce(0, { $0 + Int($1) }) % 2 == 0 {
            try FileManager.default.removeItem(atPath: nights.cache + "/" + name)
        }
        rows.append("T2002,C1,,,2025-03-20,,")
        try night(repeated: 3, "half of all that is kept is gone")
        rows.removeFirst(400)
        try night(repeated: 3, "rows in front are gone")
        rows.removeAll { $0.hasPrefix("T700,") }
        try night(repeated: 1, "one key is gone with all its rows")
    }

    @Test("a part of another night is taken where all its days had come, and else read again")
    func otherNights() throws {
        let nights = try messy(3)
        let (june, july) = (CalendarDate(iso: "2025-06-30") ?? nightOfTests, CalendarDate(iso: "2025-07-31") ?? nightOfTests)
        for asOf in [june, july, june, nightOfTests, CalendarDate(iso: "2026-01-31") ?? nightOfTests] {
            let differences = try nights.night(asOf: asOf).differences(from: nights.fresh(asOf: asOf))
            #expect(differences.isEmpty, "night \(asOf)")
        }
        // In the last of them no day was to come: the next night reads nothing anew.
        let kept = try nights.contents()
        #expect(try nights.night(asOf: CalendarDate(iso: "2026-02-01") ?? nightOfTests) == nights.fresh(asOf: CalendarDate(iso: "2026-02-01") ?? nightOfTests))
        #expect(try nights.contents() == kept)
    }

    @Test("a day to come spoils a part on the night on which it has come, and no other; one that tells how fresh an export is never does")
    func daysToCome() throws {
        let nights = try CachedNights(bytesInRange: 1 << 20)
        try nights.exports.writePeople()
        try nights.exports.write(
            "tasks.csv", "record_id,cadre_id,unit,post,due_date,completed_date,quality\nT1,C1,,,2025-05-01,2025-06-10,90\nT2,C2,,,2025-06-01,2025-06-20,80\n")
        try nights.exports.write(
            "petitions.csv",
            "record_id,unit,post,kind,received\nX1,U1,P1,检举控告,2025-05-03\nX2,U1,P1,检举控告,2025-06-12\nX3,U1,P1,检举控告,2025-07-30\n")
        // With the number of parts that are read again: of tasks, whose dates of completion are not known before they have come.
        let reread = [
            ("2025-06-02", nil), ("2025-06-03", 0), ("2025-06-09", 0), ("2025-06-10", 1), ("2025-06-12", 0), ("2025-06-19", 0), ("2025-06-25", 1),
            ("2025-07-31", 0), ("2025-06-09", 1), ("2025-12-01", 1),
        ]
        for (day, expected) in reread {
            let asOf = try #require(CalendarDate(iso: day))
            let before = expected == nil ? [:] : try nights.contents()
            let differences = try nights.night(asOf: asOf).differences(from: nights.fresh(asOf: asOf))
            #expect(differences.isEmpty, "night \(day)")
            // A part that is kept again is never the same bytes; nor are its keys, nor what is known of all keys of the source.
            let changed = try nights.contents().filter { before[$0.key] != $0.value }.count
            #expect(expected.map { changed == 3 * $0 } ?? (changed > 2), "night \(day): \(changed)")
        }
    }

    @Test("another configuration finds nothing, and what nobody needs any more is removed")
    func otherConfiguration() throws {
        let nights = try messy(4)
        _ = try nights.night(hash: "a")
        let names = try nights.names()
        try nights.parts.write("cache/notes.txt", "somebody's own")
        #expect(try nights.night(hash: "b") == nights.fresh())
        let others = try nights.names()
        #expect(others.isDisjoint(with: names) && others.contains("notes.txt") && others.count > 10)
    }

    @Test("a refused night removes nothing")
    func refused() throws {
        let nights = try messy(5)
        _ = try nights.night()
        let names = try nights.names()
        try nights.exports.write("petitions.csv", "record_id,unit,post,kind,received\nX,\"甲\"局,P,检举控告,2025-01-01\n")
        #expect(try nights.night().refused)
        #expect(try nights.names().isSuperset(of: names))
    }

    enum Damage: CaseIterable { case empty, cut, oneByte, longer, folder }

    @Test("parts that are not whole are as if they were not there", arguments: Damage.allCases)
    func damaged(damage: Damage) throws {
        let nights = try messy(6)
        let first = try nights.night()
        for name in try nights.names() {
            let path = nights.cache + "/" + name
            var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
            switch damage {
            case .empty: bytes = []
            case .cut: bytes.removeLast(bytes.count / 3)
            case .oneByte: bytes[bytes.count / 2] ^= 4
            case .longer: bytes += [0, 0, 0, 0, 0, 0, 0, 0]
            case .folder: break
            }
            if damage == .folder {
                try FileManager.default.removeItem(atPath: path)
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
            } else {
                try Data(bytes).write(to: URL(fileURLWithPath: path))
            }
        }
        #expect(try nights.night() == first)
    }

    @Test("where nothing can be kept the night is the same, and says so")
    func nowhere() throws {
        let nights = try messy(7)
        try nights.parts.write("cache", "a file where the folder should be")
        var warnings: [String] = []
        #expect(try nights.night { warnings.append($0) } == nights.fresh())
        #expect(warnings.count == 1)
    }

    @Test("where the disk has room for the night and no more, nothing is kept")
    func noRoom() throws {
        let nights = try messy(9)
        var warnings: [String] = []
        #expect(try nights.night(bytesLeftFree: .max) { warnings.append($0) } == nights.fresh())
        #expect(try nights.names().isEmpty)
        #expect(warnings.count == 1 && warnings[0].contains("too little room"))
    }

    @Test("nothing that is kept can be read: no number, unit, post, rater or name of a record")
    func unreadable() throws {
        let nights = try messy(10)
        _ = try nights.night()
        let kept = try nights.contents().values
        #expect(kept.count > 10)
        // As parts of tasks have it before they are locked; shorter texts are found in any noise.
        #expect(!kept.contains { $0.range(of: Data("U2\u{1F}P2".utf8)) != nil })
        // What is noise has all bytes about as often: texts and small numbers would stand out.
        var counts = [Double](repeating: 0, count: 256)
        for part in kept { for byte in part { counts[Int(byte)] += 1 } }
        let expected = counts.reduce(0, +) / 256
        let chiSquared = counts.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
        // 255 degrees of freedom: a mean of 255 and a standard deviation of 22.6.
        #expect(chiSquared < 255 + 8 * 22.6)
    }

    @Test("only the owner may read what is kept")
    func privacy() throws {
        let nights = try messy(8)
        _ = try nights.night()
        func mode(_ path: String) throws -> Int { (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int) ?? -1 }
        #expect(try mode(nights.cache) == 0o700)
        for name in try nights.names() { #expect(try mode(nights.cache + "/" + name) == 0o600) }
    }

    @Test("numbers, texts and columns come back as they were")
    func bytes() throws {
        var random = SplitMix(state: 5)
        let ranges: [(Int64, UInt64)] = [(7, 1), (-3, 200), (1_000, 60_000), (-5, 1 << 31), (.min, .max)]
        let columns = ranges.map { least, span in
            (0..<300).map { _ in Int64(truncatingIfNeeded: Int64(bitPattern: UInt64(bitPattern: least) &+ random.next() % span)) }
        }
        var writer = PartWriter(expecting: 10)
        writer.put(300)
        for column in columns { writer.put(column: column) { $0 } }
        writer.put(0)
        writer.put(column: [Int64]()) { $0 }
        writer.put("甲")
        writer.put(String?.none)
        writer.put(Int?.none)
        try writer.bytes.withUnsafeBytes { bytes in
            var reader = PartReader(bytes)
            let rows = try reader.entries(columns.count) { row in columns.indices.map { row[$0] } }
            for (index, column) in columns.enumerated() { #expect(rows.map { $0[index] } == column) }
            #expect(try reader.entries(1) { $0[0] } == [])
            let (text, none, number) = (try reader.text(), try reader.optionalText(), try reader.optionalNumber())
            #expect(text == "甲" && none == nil && number == nil && reader.isAtEnd)
            for end in stride(from: 0, to: bytes.count, by: 97) {
                var short = PartReader(UnsafeRawBufferPointer(rebasing: bytes[..<end]))
                #expect(throws: PartReader.Fault.self) {
                    _ = try short.entries(columns.count) { $0[0] }
                    _ = try short.entries(1) { $0[0] }
                    _ = try short.text()
                    _ = try short.optionalText()
                    _ = try short.optionalNumber()
                }
            }
        }
    }
}
