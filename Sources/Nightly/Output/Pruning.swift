import PipelineModel

/// What is removed from `runs/`, and what never is. Only folders whose names a run has given are touched.
struct Pruning {
    /// So many of the newest runs stay, and as many refused ones.
    static let runsKept = 14

    let output: OutputFolder

    /// Removes what killed runs left: the lock is held, so nobody is writing it.
    ///
    /// - Returns: The names that were removed, and a sentence for each that could not be.
    func removeStale() throws(NightError) -> (removed: [String], problems: [String]) {
        remove(try FileSystem.names(in: output.runs).filter { RunIdentifier(name: $0, suffix: Publication.partialSuffix) != nil })
    }

    /// Removes old runs, but never the one that `current` points at, nor any that started today.
    func removeOld(secondsNow: Int) throws(NightError) -> (removed: [String], problems: [String]) {
        let names = try FileSystem.names(in: output.runs)
        let today = Timestamp(seconds: Int64(secondsNow)).date
        let current = FileSystem.target(of: output.current).flatMap { $0.split(separator: "/").last.map(String.init) }
        var old: [String] = []
        for suffix in ["", Publication.refusedSuffix] {
            let runs = names.compactMap { RunIdentifier(name: $0, suffix: suffix) }.sorted(by: >)
            old += runs.dropFirst(Pruning.runsKept).filter { $0.started.date < today }.map { "\($0)\(suffix)" }.filter { $0 != current }
        }
        return remove(old)
    }

    private func remove(_ names: [String]) -> (removed: [String], problems: [String]) {
        var (removed, problems): ([String], [String]) = ([], [])
        for name in names {
            do throws(NightError) {
                var path = "\(output.runs)/\(name)"
                if !name.hasSuffix(Publication.partialSuffix) {
                    // Killed in the middle, a run must not stand there half: under this name the next run removes the rest.
                    let doomed = path.replacingSuffix(Publication.refusedSuffix, with: "") + Publication.partialSuffix
                    try FileSystem.rename(path, to: doomed)
                    path = doomed
                }
                try FileSystem.remove(path)
                removed.append(name)
            } catch {
                problems.append(error.description)
            }
        }
        return (removed, problems)
    }
}

extension RunIdentifier {
    /// The run that a folder's name speaks of, where it ends in `suffix`.
    init?(name: String, suffix: String) {
        guard name.hasSuffix(suffix) else { return nil }
        self.init(name.dropLast(suffix.count))
    }
}

extension String {
    fileprivate func replacingSuffix(_ suffix: String, with other: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) + other : self
    }
}
