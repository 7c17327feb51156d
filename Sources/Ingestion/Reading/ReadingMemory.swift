import PipelineModel
import Synchronization

/// What one thread remembers while it reads the files of a source: whom targets as written mean, and a number for each rater. Both come again and again.
struct ReadingMemory: Sendable {
    /// Counts from 0.
    let number: Int
    /// Raters as written.
    private(set) var raters = TargetTable()
    private let resolver: RowResolver
    private var targets = TargetTable()
    private var meanings: [RowResolver.Meaning] = []

    init(number: Int, resolver: RowResolver) { (self.number, self.resolver) = (number, resolver) }

    /// The numbers of the raters of a list, in its order.
    mutating func raters(of list: TargetList) -> [Int32] { raters.intern(list) }

    /// Lets what `meaning` looks at come into the cache, for a cadre's number of such a hash: of other targets a part has few.
    @inline(__always)
    func fetch(_ hash: UInt64) { resolver.fetch(hash) }

    /// What a target as written says, before its day is looked at.
    ///
    /// - Parameter hash: The target's.
    @inline(__always)
    mutating func meaning(_ form: TargetForm, _ text: UnsafeBufferPointer<UInt8>, hash: UInt64) -> RowResolver.Meaning {
        if form == .cadre { return resolver.cadre(text, hash: hash) }
        let target = Int(targets.intern(form, text))
        if target == meanings.count { meanings.append(resolver.meaning(form, text)) }
        return meanings[target]
    }

    /// The place among all cadres of whoever is meant on a day; below zero where that is nobody for certain.
    @inline(__always)
    func cadre(_ meaning: RowResolver.Meaning, on day: Int32) -> Int32 {
        switch meaning {
        case .cadre(let place): place
        case .holder(let place): resolver.holder(place, on: day)
        case .nobody: -1
        }
    }

    /// The number of a cadre, by their place.
    func cadreID(_ place: Int32) -> String { resolver.cadreIDs[Int(place)] }
}

/// The memories of the threads that read a source: each part is resolved with one that no other part has at the time.
final class ReadingMemories: Sendable {
    private struct State {
        var resolver: RowResolver?
        var standing: StandingParts?
        var free: [ReadingMemory] = []
        var count = 0
    }

    private let state = Mutex(State())

    /// Whether it is known who is who: until then parts can be read, and not resolved.
    var areReady: Bool { state.withLock { $0.resolver != nil } }

    /// Tells who is who, and which parts may have rows that stand; once.
    func know(_ resolver: RowResolver, _ standing: StandingParts?) { state.withLock { ($0.resolver, $0.standing) = (resolver, standing) } }

    /// Whether the rows of a part need not be at hand.
    func mayStand(_ identity: String?, file: Int) -> Bool { state.withLock(\.standing)?.mayStand(identity, file: file) ?? false }

    /// Notes that parts of a file lie elsewhere than they did.
    func noteMoved(file: Int) { state.withLock(\.standing)?.noteMoved(file: file) }

    /// Calls `body` with a memory, which keeps what it learns for the next.
    ///
    /// - Precondition: They are ready.
    func lend<Value>(_ body: (inout ReadingMemory) throws -> Value) rethrows -> Value {
        var memory = state.withLock { state in
            if let free = state.free.popLast() { return free }
            guard let resolver = state.resolver else { preconditionFailure("rows are resolved before it is known who is who") }
            state.count += 1
            return ReadingMemory(number: state.count - 1, resolver: resolver)
        }
        defer { state.withLock { $0.free.append(memory) } }
        return try body(&memory)
    }

    /// Raters as written, of each memory by its number; asked for when nothing is read any more.
    var raters: [TargetTable] {
        state.withLock { $0.free.sorted { $0.number < $1.number }.map(\.raters) }
    }
}
