import Foundation
import PipelineModel
import Warehouse

/// What a night read and wrote, for those who ask years later. Neither clock nor run id is in it: the same night gives the same bytes.
struct Manifest: Encodable {
    struct Input: Encodable {
        let source: String
        let file: String
        let bytes: Int
        let sha256: String
        let rowsRead: Int
        let rowsAccepted: Int
        let rowsRejected: Int
        let rowsDuplicate: Int
        let rowsOutOfScope: Int
    }

    struct Output: Encodable {
        let file: String
        let bytes: Int
        let sha256: String
        let rows: Int
    }

    let version: String
    let pipeline: String
    let configurationSha256: String
    let asOf: String
    let status: String
    let inputs: [Input]
    let outputs: [Output]

    init(_ pipeline: Pipeline, asOf: CalendarDate, hasErrors: Bool, inputs: [SourceFileRecord], outputs: [OutputFile]) {
        self.version = SoftwareVersion.current
        self.pipeline = pipeline.name
        self.configurationSha256 = pipeline.configurationHash
        self.asOf = asOf.description
        self.status = hasErrors ? "doneWithErrors" : "done"
        self.inputs = inputs.map { file in
            Input(
                source: file.source, file: file.path, bytes: file.bytes, sha256: file.sha256, rowsRead: file.rowsRead,
                rowsAccepted: file.rowsAccepted, rowsRejected: file.rowsRejected, rowsDuplicate: file.rowsDuplicate,
                rowsOutOfScope: file.rowsOutOfScope)
        }
        self.outputs = outputs.map { Output(file: $0.name, bytes: $0.bytes, sha256: $0.sha256, rows: $0.rows) }
    }

    static let fileName = "manifest.json"

    /// Writes `manifest.json`, mode 0600, and brings it to the disk.
    func write(folder: String) throws -> OutputFile {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        let text = try encoder.encode(self) + Data("\n".utf8)
        return OutputFile(name: Manifest.fileName, try PrivateFile.write(Array(text), to: "\(folder)/\(Manifest.fileName)"))
    }
}
