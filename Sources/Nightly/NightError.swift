import Ingestion
public import PipelineModel
import Reporting
import Warehouse

/// Why a run ended without a result. Last night's output stands, whichever it was.
public enum NightError: Error, CustomStringConvertible {
    /// The command line asks for something impossible.
    case usage(String)
    /// The configuration is wrong: every problem of every file.
    case configuration([Finding])
    /// An earlier stage was not done for this night and configuration; the message says which command to run.
    case stageMissing(String)
    /// Another run is at work in the output folder.
    case lockHeld(path: String, process: String?)
    /// The output, or the warehouse in it, cannot be written.
    case cannotWrite(path: String, reason: String)
    /// A fault of this software.
    case fault(String)

    /// The status to exit with.
    public var exitStatus: ExitStatus {
        switch self {
        case .usage: .usage
        case .configuration: .configuration
        case .stageMissing: .dataRefused
        case .lockHeld: .lockHeld
        case .cannotWrite: .cannotWrite
        case .fault: .internalError
        }
    }

    /// One sentence for a person; the findings of a wrong configuration are in ``findings``.
    public var description: String {
        switch self {
        case .usage(let message), .stageMissing(let message): message
        case .configuration: "the configuration is wrong; nothing was read, last night's output stands"
        case .lockHeld(let path, let process):
            "another run\(process.map { " (process \($0))" } ?? "") holds \(path); wait for it to end, or give this run another --output"
        case .cannotWrite(let path, let reason): "cannot write \(path): \(reason); last night's output stands"
        case .fault(let message): "internal error: \(message); last night's output stands"
        }
    }

    /// What to show beside the description.
    public var findings: [Finding] {
        if case .configuration(let findings) = self { findings } else { [] }
    }

    /// The error of a run for an error of a library below.
    ///
    /// - Parameter output: The output folder, for errors of the disk that name no file.
    init(_ error: any Error, output: String) {
        switch error {
        case let error as NightError: self = error
        case let error as WarehouseError:
            switch error {
            case .cannotOpen(let path, let reason): self = .cannotWrite(path: path, reason: reason)
            case .cannotStore(let reason): self = .cannotWrite(path: "\(output)/\(OutputFolder.warehouseName)", reason: reason)
            case .newerSchema(let path): self = .cannotWrite(path: path, reason: String(describing: error))
            case .corrupt: self = .cannotWrite(path: "\(output)/\(OutputFolder.warehouseName)", reason: String(describing: error))
            case .failed, .unreadable: self = .fault(String(describing: error))
            }
        case let error as ReportingError:
            switch error {
            case .cannotWrite(let path, let reason): self = .cannotWrite(path: path, reason: reason)
            case .unwritableCell: self = .fault(String(describing: error))
            }
        case let error as IngestionError:
            switch error {
            case .configuration(let findings): self = .configuration(findings)
            case .accounting(let message): self = .fault(message)
            case .refused, .missing: self = .fault("a refused night was not written down")
            }
        default: self = .fault(String(describing: error))
        }
    }
}
