import PipelineModel

/// A run's folder on its way to being the newest: written under another name, and shown only when it is whole and on the disk.
struct Publication {
    let output: OutputFolder
    let run: RunIdentifier

    /// Suffixes of folders that are not published runs.
    static let partialSuffix = ".partial"
    static let refusedSuffix = ".refused"

    private var partial: String { "\(output.runs)/\(run)\(Publication.partialSuffix)" }
    /// `output/runs/RUN-ID`.
    var published: String { "\(output.runs)/\(run)" }
    /// `output/runs/RUN-ID.refused`.
    var refused: String { published + Publication.refusedSuffix }

    /// Writes tables, then points `current` at them. Killed at any instruction, `current` points at a whole run: the last one or this one.
    func publish(_ write: (_ folder: String) throws -> Void) throws {
        try fill(published, write)
        try FileSystem.point(output.current, at: "runs/\(run)")
        try FileSystem.synchronise(output.path)
    }

    /// Writes down why a night was refused, and leaves `current` as it is.
    func refuse(_ write: (_ folder: String) throws -> Void) throws {
        try fill(refused, write)
    }

    private func fill(_ folder: String, _ write: (_ folder: String) throws -> Void) throws {
        do {
            try FileSystem.makeFolder(partial)
            try write(partial)
            try FileSystem.synchronise(partial)
        } catch {
            // Whatever was written is of no use, and the disk may be full; if this fails too, the next run removes it.
            try? FileSystem.remove(partial)
            throw error
        }
        try FileSystem.rename(partial, to: folder)
        try FileSystem.synchronise(output.runs)
    }
}
