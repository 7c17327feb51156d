import Foundation
import Testing

@testable import Tables

@Suite("Files")
struct FileTests {
    @Test("A file is read, and read alike under auto")
    func readFile() throws {
        let folder = try ScratchFolder()
        let path = try folder.write(try EncodingTests.gb18030(EncodingTests.text))
        for encoding in [TextEncoding.gb18030, .auto] {
            let reader = try CSVFileReader(path: path, encoding: encoding)
            #expect(reader.path == path)
            #expect(read(reader) == read(EncodingTests.text))
            #expect(reader.bytesRead == reader.totalBytes)
        }
    }

    @Test("What cannot be opened says why", arguments: TextEncoding.allCases)
    func refuse(encoding: TextEncoding) throws {
        let folder = try ScratchFolder()
        let file = try folder.write([0x61])
        func error(_ path: String) -> TablesError? {
            do {
                _ = try CSVFileReader(path: path, encoding: encoding)
                return nil
            } catch { return error }
        }
        #expect(error(folder.file("none.csv")) == .missing(path: folder.file("none.csv")))
        #expect(error(file + "/none.csv") == .missing(path: file + "/none.csv"))
        #expect(error(folder.path) == .isDirectory(path: folder.path))
        let long = folder.file(String(repeating: "x", count: 300))
        #expect(error(long) == .unreadable(path: long, errno: ENAMETOOLONG))
    }

    @Test("A file that may not be read says so", .enabled(if: getuid() != 0))
    func refuseWithoutPermission() throws {
        let folder = try ScratchFolder()
        let path = try folder.write([0x61])
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
        #expect(throws: TablesError.notPermitted(path: path)) { _ = try CSVFileReader(path: path) }
    }

    @Test(
        "Error numbers have their cases",
        arguments: [
            (ENOENT, TablesError.missing(path: "p")), (ENOTDIR, .missing(path: "p")), (EACCES, .notPermitted(path: "p")), (EPERM, .notPermitted(path: "p")),
            (EISDIR, .isDirectory(path: "p")), (EIO, .unreadable(path: "p", errno: EIO)),
        ])
    func mapErrors(number: Int32, expected: TablesError) {
        #expect(TablesError.reading("p", number) == expected)
    }

    @Test("A pipe is read once; auto, which must look twice, refuses it")
    func readPipe() throws {
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data("a,b\n1,2\n".utf8))
        try pipe.fileHandleForWriting.close()
        let path = "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)"
        #expect(throws: TablesError.unreadable(path: path, errno: ESPIPE)) { _ = try CSVFileReader(path: path, encoding: .auto) }
        let second = Pipe()
        try second.fileHandleForWriting.write(contentsOf: Data("a,b\n1,2\n".utf8))
        try second.fileHandleForWriting.close()
        let reader = try CSVFileReader(path: "/dev/fd/\(second.fileHandleForReading.fileDescriptor)")
        #expect(reader.totalBytes == nil)
        #expect(read(reader).rows == [["a", "b"], ["1", "2"]])
    }

    @Test("An empty file has no records")
    func readEmptyFile() throws {
        let folder = try ScratchFolder()
        let reader = try CSVFileReader(path: try folder.write([]), encoding: .auto)
        #expect(read(reader) == ReadTable())
        #expect(reader.totalBytes == 0)
    }
}
