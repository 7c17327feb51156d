import Dispatch
import Synchronization

/// A file's SHA-256, and that of its beginnings, by which a file that has only grown is known.
struct HashedFile: Sendable {
    /// How many bytes longer each beginning is than the one before, where nobody says otherwise.
    static let standardStep = 1 << 22

    let step: Int
    /// Hexadecimal; empty where the file could not be read to its end.
    let sha256: String
    /// Of the first `step` bytes, of twice as many, and so on; not of the whole file, whose hash the manifest tells everybody.
    let beginnings: [[UInt8]]
}

/// The hashes of all files of a night, worked out one after the other on a thread of their own, before whoever reads the files comes to them: a hash goes from the first byte to
/// the last, and cannot be cut.
final class FileHashes: Sendable {
    /// Further ahead, the kernel might not have a file's pages any more when its rows are read.
    private static let bytesAhead = 1 << 31

    private struct State {
        var begun = 0
        var bytesBegun = 0
        var bytesTaken = 0
        var isTaken: [Bool]
        var hashes: [HashedFile?]
    }

    private let files: [InputFile]
    private let places: [String: Int]
    private let isAhead: Bool
    private let step: Int
    private let state: Mutex<State>
    private let done: [DispatchGroup]
    private let queue = DispatchQueue(label: "hashes of files")

    /// - Parameters:
    ///   - files: In the order in which they are read.
    ///   - threads: With one, a file is hashed when it is asked for.
    ///   - step: How many bytes longer each beginning is than the one before.
    ///   - known: SHA-256 of files that were hashed before, by path.
    init(of files: [InputFile], threads: Int, step: Int = HashedFile.standardStep, known: [String: String] = [:]) {
        (self.files, self.step) = (files, step)
        places = Dictionary(zip(files.map(\.path), files.indices)) { first, _ in first }
        isAhead = threads > 1
        done = files.map { _ in DispatchGroup() }
        let hashes = files.map { known[$0.path].map { HashedFile(step: step, sha256: $0, beginnings: []) } }
        state = Mutex(State(isTaken: files.map { _ in false }, hashes: hashes))
        if isAhead { begin(through: -1) }
    }

    /// The hash of one of the files; waits for it.
    subscript(file: InputFile) -> HashedFile {
        guard let place = places[file.path] else { return FileDigest.hashed(file.path, step: step) }
        state.withLock { state in
            if !state.isTaken[place] { state.bytesTaken += file.bytes }
            state.isTaken[place] = true
        }
        if isAhead {
            begin(through: place)
            done[place].wait()
        }
        if let known = state.withLock({ $0.hashes[place] }) { return known }
        let made = FileDigest.hashed(file.path, step: step)
        state.withLock { $0.hashes[place] = made }
        return made
    }

    /// Lets the thread begin with as many files as may be ahead, and in any case with those up to one.
    private func begin(through last: Int) {
        let range = state.withLock { state in
            let first = state.begun
            while state.begun < files.count, state.begun <= last || state.bytesBegun - state.bytesTaken < FileHashes.bytesAhead {
                state.bytesBegun += files[state.begun].bytes
                state.begun += 1
            }
            for place in first..<state.begun { done[place].enter() }
            return first..<state.begun
        }
        for place in range {
            queue.async {
                if self.state.withLock({ $0.hashes[place] == nil }) {
                    let made = FileDigest.hashed(self.files[place].path, step: self.step)
                    self.state.withLock { $0.hashes[place] = made }
                }
                self.done[place].leave()
            }
        }
    }
}
