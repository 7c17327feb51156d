import PipelineModel

/// What reading any file of a night depends on, beside its contract.
struct ReadingNight: Sendable {
    let asOf: CalendarDate
    let identityKey: IdentityKey?
    let cutting: FileCutting
    /// Of all its files.
    let hashes: FileHashes
    /// Where parts of files are that were read on another night.
    let cache: PartCache?
    /// Takes what rows come to until their source has been read.
    let spill: SpillFile
}
