import Foundation
import Testing

@testable import Warehouse

@Suite("Early writing") struct EarlyWritingTests {
    @Test("finds what the warehouse has open, and nothing when it is closed, in memory or not there")
    func descriptors() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("early-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("warehouse.sqlite").path
        #expect(EarlyWriting.descriptors(of: path).isEmpty)
        var warehouse: Warehouse? = try Warehouse(path: path)
        let open = EarlyWriting.descriptors(of: path)
        #expect(!open.isEmpty)
        for descriptor in open { #expect(fdatasync(descriptor) == 0) }
        // SQLite still holds its lock: a second writer is refused as long as the first is at work.
        try warehouse?.write { _ in
            let other = try Warehouse(path: path)
            #expect(throws: WarehouseError.self) { try other.write { _ in } }
        }
        warehouse = nil
        #expect(EarlyWriting.descriptors(of: path).isEmpty)
        #expect(EarlyWriting.descriptors(of: ":memory:").isEmpty && EarlyWriting.descriptors(of: folder.path).isEmpty)
    }

    @Test("what the disk refuses is told before the commit")
    func refusal() throws {
        let fine = EarlyWriting([])
        fine.write()
        try fine.end()
        // A pipe has no disk, and is refused as a broken one is.
        let pipe = Pipe()
        let refused = EarlyWriting([pipe.fileHandleForWriting.fileDescriptor])
        refused.write()
        #expect(throws: WarehouseError.self) { try refused.end() }
    }
}
