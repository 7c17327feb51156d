public import PipelineModel
public import Warehouse

/// Why a night could not be ingested.
public enum IngestionError: Error {
    /// An export broke its contract: every finding, and the accounts of the files as far as they were read. Exit status 65.
    case refused([Finding], [SourceFileRecord])
    /// A required export is not there or cannot be read. Exit status 66.
    case missing([Finding])
    /// The configuration names something that cannot be used, such as a key file. Exit status 78.
    case configuration([Finding])
    /// Rows were lost or counted twice: a fault of this software. Exit status 70.
    case accounting(String)
}
