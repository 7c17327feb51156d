import Foundation
import Testing

@testable import Ingestion

@Suite("What is kept of a part is opened by its own bytes") struct PartSealTests {
    private let bytes = Array("P00001,A1,2025-03-01,88.5\nP00002,A1,2025-03-01,72\n".utf8)
    private let content = Array("what the part came to".utf8)

    @Test("the same bytes under the same conditions open what they locked")
    func opens() throws {
        let seal = PartSeal(context: "ballots", bytes: bytes, secret: "a")
        let locked = try #require(seal.locked(content, .rows))
        let again = PartSeal(context: "ballots", bytes: bytes, secret: "a")
        #expect(again.name(.rows) == seal.name(.rows))
        #expect(again.opened(locked, .rows).map(Array.init) == content)
        #expect(seal.name(.rows).utf8.count == PartSeal.nameLength)
        // An account is no rows, and the other way round.
        #expect(seal.name(.account) != seal.name(.rows) && again.opened(locked, .account) == nil)
    }

    @Test("no other part, context or secret has the name, or opens it")
    func others() throws {
        let seal = PartSeal(context: "ballots", bytes: bytes, secret: "a")
        let locked = try #require(seal.locked(content, .rows))
        var changed = bytes
        changed[22] ^= 1
        let others = [
            PartSeal(context: "ballots", bytes: changed, secret: "a"), PartSeal(context: "ballots", bytes: bytes + [10], secret: "a"),
            PartSeal(context: "ballots", bytes: bytes, secret: "b"), PartSeal(context: "ballots", bytes: bytes, secret: ""),
            PartSeal(context: "ballot", bytes: bytes, secret: "a"),
            // The same bytes in all, cut otherwise between the two.
            PartSeal(context: "ballots\nP", bytes: Array(bytes.dropFirst()), secret: "a"),
        ]
        for other in others {
            #expect(other.name(.rows) != seal.name(.rows))
            #expect(other.opened(locked, .rows) == nil)
        }
        #expect(Set(others.map { $0.name(.rows) }).count == others.count)
    }

    @Test("a part that is locked twice is not the same bytes, and one that was changed is not opened")
    func damaged() throws {
        let seal = PartSeal(context: "", bytes: bytes, secret: "")
        let locked = try #require(seal.locked(content, .rows))
        #expect(seal.locked(content, .rows) != locked)
        for place in locked.indices {
            var changed = locked
            changed[place] ^= 16
            #expect(seal.opened(changed, .rows) == nil)
        }
        for count in [0, 12, 27, 28, locked.count - 1] { #expect(seal.opened(locked.prefix(count), .rows) == nil) }
    }
}
