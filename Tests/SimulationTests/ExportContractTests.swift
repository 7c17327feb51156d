import PipelineModel
import Tables
import Testing

@testable import Simulation

@Suite struct ExportContractTests {
    @Test func everyRoleHasAContractAndFiles() throws {
        let folder = try SimulatedFolder(SharedWorld.parameters(cadres: 120, months: 4))
        let (contracts, files) = (try Contracts.all(), try folder.exports())
        #expect(Set(contracts.map(\.role)) == Set(SourceRole.allCases))
        for contract in contracts { #expect(files.contains { Contracts.matches($0, contract.pattern) }, "\(contract.name)") }
        for file in files { #expect(contracts.filter { Contracts.matches(file, $0.pattern) }.count == 1, "\(file)") }
    }

    @Test func headersAndEncodingsAreTheContracts() throws {
        let folder = try SimulatedFolder(SharedWorld.parameters(cadres: 120, months: 14))
        for contract in try Contracts.all() {
            for file in try folder.exports() where Contracts.matches(file, contract.pattern) {
                let encoding: TextEncoding =
                    switch contract.encoding {
                    case .utf8: .utf8
                    case .utf8WithMark: .utf8WithMark
                    case .gb18030: .gb18030
                    case .auto: .auto
                    }
                let reader = try CSVFileReader(path: folder.path + "/" + file, encoding: encoding, dialect: CSVDialect(delimiter: contract.delimiter))
                let header = try #require(try reader.nextRow())
                #expect(reader.hadByteOrderMark == (contract.encoding == .utf8WithMark), "\(file)")
                for column in contract.columns {
                    let names = [column.column].compactMap { $0 } + column.aliases
                    #expect(names.filter { header.contains($0) }.count == 1, "\(file) has \(header), not one of \(names)")
                }
                let known = contract.columns.flatMap { [$0.column].compactMap { $0 } + $0.aliases } + contract.privateColumns + contract.ignoredColumns
                #expect(Set(header).subtracting(known).isEmpty, "\(file)")
                #expect(Set(header).count == header.count, "\(file)")
                try reader.forEachRecord { record in
                    let (isValid, line) = (!record.hasInvalidBytes, record.line)
                    #expect(isValid, "\(file):\(line)")
                    return true
                }
            }
        }
    }

    @Test func aRenamedColumnIsAnAlias() throws {
        let folder = try SimulatedFolder(SharedWorld.parameters(cadres: 60, months: 14))
        #expect(try folder.read("tasks_2025.csv").header.contains("截止日期"))
        #expect(try folder.read("tasks_2026.csv").header.contains("完成时限"))
    }

    @Test func reviewsAreAHeaderOnly() throws {
        let folder = try SimulatedFolder(SharedWorld.parameters(cadres: 60, months: 2))
        #expect(try folder.read("reviews.csv").records.isEmpty)
    }

    /// Everything private says that it is made up, so that it can be looked for where it must never be.
    @Test func privateCellsSayThatTheyAreMadeUp() throws {
        let folder = try SimulatedFolder(SharedWorld.parameters(cadres: 200, months: 6))
        var cells = 0
        for contract in try Contracts.all() where !contract.privateColumns.isEmpty {
            for file in try folder.exports() where Contracts.matches(file, contract.pattern) {
                let (header, records) = try folder.read(file, delimiter: contract.delimiter)
                let places = header.indices.filter { contract.privateColumns.contains(header[$0]) }
                for record in records where record.fields.count == header.count {
                    for place in places where !record.fields[place].isEmpty {
                        cells += 1
                        #expect(record.fields[place].contains("虚构"), "\(file):\(record.line)")
                    }
                }
            }
        }
        #expect(cells > 1000)
    }
}
