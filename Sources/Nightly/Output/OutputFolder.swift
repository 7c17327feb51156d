import Glibc
import PipelineModel

/// Where runs land: the warehouse, one folder per run, a link to the newest, and the lock.
struct OutputFolder {
    static let warehouseName = "warehouse.sqlite"
    /// What a run makes, and what the repository has there.
    private static let ownNames: Set = ["runs", "current", "lock", "current.new", "cache", "README.md", ".gitignore", ".gitkeep"]

    let path: String
    var runs: String { "\(path)/runs" }
    var current: String { "\(path)/current" }
    var lock: String { "\(path)/lock" }
    /// What parts of exports came to, for other nights; whoever removes it loses time and nothing else.
    var cache: String { "\(path)/cache" }
    var warehouse: String { "\(path)/\(OutputFolder.warehouseName)" }

    /// Makes the folder where it is missing, and private: folders of mode 0700, files of mode 0600.
    ///
    /// A folder that holds other people's things too keeps its own mode; the runs in it are private all the same.
    ///
    /// - Throws: `NightError.cannotWrite`: a file where a folder should be, a folder where the link should be, no permission.
    init(_ path: String) throws(NightError) {
        umask(0o077)
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        try FileSystem.makeFolder(self.path)
        try FileSystem.makeFolder(runs)
        guard access(self.path, W_OK | X_OK) == 0 else { throw .cannotWrite(path: self.path, reason: FileSystem.message()) }
        switch FileSystem.kind(of: current) {
        case .nothing, .link: break
        default: throw .cannotWrite(path: current, reason: "something lies there that is not the link to the newest run; move it away")
        }
        let names = try FileSystem.names(in: self.path)
        if names.allSatisfy({ OutputFolder.ownNames.contains($0) || $0.hasPrefix(OutputFolder.warehouseName) }) { try restrict(self.path, to: 0o700) }
        try restrict(runs, to: 0o700)
        if FileSystem.kind(of: cache) == .folder { try restrict(cache, to: 0o700) }
        for name in names where name.hasPrefix(OutputFolder.warehouseName) { try restrict("\(self.path)/\(name)", to: 0o600) }
    }

    private func restrict(_ path: String, to mode: mode_t) throws(NightError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .cannotWrite(path: path, reason: FileSystem.message()) }
        guard status.st_mode & 0o077 != 0 else { return }
        guard chmod(path, mode) == 0 else { throw .cannotWrite(path: path, reason: "others may read it, and that cannot be changed: \(FileSystem.message())") }
    }

    /// A name for a run that no other has.
    func newRun(asOf: CalendarDate, secondsNow: Int) throws(NightError) -> RunIdentifier {
        let taken = Set(try FileSystem.names(in: runs).map { $0.split(separator: ".").first.map(String.init) ?? "" })
        let started = Timestamp(seconds: Int64(secondsNow))
        var run = RunIdentifier(asOf: asOf, started: started)
        while taken.contains(run.description) { run = RunIdentifier(asOf: asOf, started: started, number: run.number + 1) }
        return run
    }
}
