import Foundation
import PipelineModel
import Testing
import Warehouse

@testable import Ingestion

private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
private let real = root + "/../shared/real"
private let realIsThere = FileManager.default.fileExists(atPath: real + "/petition-replies")

@Suite("Real exports, where they are at hand", .enabled(if: realIsThere)) struct RealExportsTests {
    @Test("a night of the police site is ingested, and every row is accounted for")
    func policeNight() throws {
        let pipeline = try Pipeline.load(path: root + "/pipelines/examples/police-nightly/nightly.yaml").pipeline
        let asOf = try #require(CalendarDate(iso: "2024-05-30"))
        let warehouse = try Warehouse(path: ":memory:")
        let findings = try warehouse.write { try IngestionStage(pipeline: pipeline, input: real, asOf: asOf).run(in: $0) }
        for finding in findings.prefix(80) { print(finding) }
        for file in try warehouse.read({ try $0.all(SourceFileRecord.self) }) {
            print(file.source, file.path, file.rowsRead, file.rowsAccepted, file.rowsRejected, file.rowsDuplicate, file.rowsOutOfScope)
            #expect(file.rowsRead == file.rowsAccepted + file.rowsRejected + file.rowsDuplicate + file.rowsOutOfScope)
        }
    }
}
