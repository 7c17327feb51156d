import Foundation
import PipelineModel
import Testing
import Warehouse

@testable import Ingestion

/// What must never be stored is looked for in every byte of the warehouse file, and in every finding.
@Suite("Private data") struct PrivacyTests {
    /// Well-formed numbers that nobody has: the administrative division 999999 does not exist.
    private static let numbers = ["99999919800101001", "99999919810203002"].map { $0 + checkCharacter(of: $0) }

    private static func checkCharacter(of number: String) -> String {
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(number.utf8, weights).reduce(0) { $0 + (Int($1.0) - 48) * $1.1 }
        return String(Array("10X98765432")[sum % 11])
    }

    private func contract() -> SourceContract {
        var contract = SourceContract.plain(.roster, ["cadre_id", "name", "id_number", "birth_date"], key: ["cadre_id"])
        contract.privateColumns = ["phone", "home"]
        return contract
    }

    private func ingest(_ text: String, key: String? = "0123456789abcdef", mode: Int = 0o600, demonstration: Bool = false) throws -> (Ingested, Data) {
        let exports = try Exports()
        try exports.write("roster.csv", text)
        if let key {
            try exports.write("identity.key", key + "\n")
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: exports.folder + "/identity.key")
        }
        var pipeline = Pipeline(name: "test")
        pipeline.folder = exports.folder
        pipeline.identityKeyFile = "identity.key"
        pipeline.identityKeyIsDemonstration = demonstration
        pipeline.sources = [[contract()]]
        let path = exports.folder + "/warehouse.sqlite"
        let warehouse = try Warehouse(path: path)
        do {
            let findings = try warehouse.write { try IngestionStage(pipeline: pipeline, input: exports.folder, asOf: nightOfTests).run(in: $0) }
            return (Ingested(warehouse: warehouse, findings: findings, error: nil), try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch let error as IngestionError {
            guard case .configuration(let findings) = error else { throw error }
            return (Ingested(warehouse: warehouse, findings: findings, error: error), Data())
        }
    }

    @Test("private columns, identity numbers and slipped telephone numbers stand nowhere in the warehouse or the findings")
    func nowhere() throws {
        let (one, two) = (PrivacyTests.numbers[0], PrivacyTests.numbers[1])
        let broken = String(two.dropLast()) + (two.hasSuffix("1") ? "2" : "1")
        let (night, bytes) = try ingest(
            "cadre_id,name,id_number,birth_date,phone,home\nC1,张一,\(one),1980-01-01,13800138000,望江东路\n"
                + "C2,李二,\(broken),1981-01-01,13900139000,五马街\nC3,王三,,13700137000,x,车站大道\nC4,赵四,\(two),1981-02-03,1,2,3\n"
                + "C5,钱五,,\(two),x,y\nC6,孙六,\(two),1981-02-03,1,2\nC7,周七,,1981-02-03,1,2\nC8,吴八,,,1,2\nC9,郑九,,,1,2\n")
        #expect(night.error == nil)
        #expect(try night.account("roster") == Account(read: 9, accepted: 5, rejected: 4))
        for secret in [one, two, broken, "13800138000", "13900139000", "13700137000", "望江东路", "五马街", "车站大道"] {
            #expect(bytes.range(of: Data(secret.utf8)) == nil, "the warehouse holds \(secret)")
            #expect(!night.findings.contains { "\($0) \($0.value ?? "")".contains(secret) }, "a finding shows \(secret)")
        }
        #expect(bytes.range(of: Data("张一".utf8)) != nil)
        #expect(try night.all(RejectRecord.self).first { $0.check == "BadIdentityNumber" }?.value == "***")
    }

    @Test("one number has one hash, another key gives another, and the check character is written either way")
    func hashes() throws {
        let number = PrivacyTests.numbers.first { $0.hasSuffix("X") } ?? "99999919800101" + "0000"
        func hash(_ text: String, _ key: String) -> String { Array(text.utf8).withUnsafeBufferPointer { IdentityKey(bytes: Array(key.utf8)).hash($0) } }
        #expect(hash(number, "0123456789abcdef") == hash(number, "0123456789abcdef"))
        #expect(hash(number, "0123456789abcdef") != hash(number, "0123456789abcdeg"))
        #expect(hash("12x", "0123456789abcdef") == hash("12X", "0123456789abcdef"))
        #expect(hash(number, "0123456789abcdef").utf8.count == 32)
    }

    @Test(
        "a key that is missing, short or open to others stops the night",
        arguments: [(nil, 0o600, "cannot be read"), ("short", 0o600, "shorter"), ("0123456789abcdef", 0o640, "others")])
    func unusableKey(key: String?, mode: Int, why: String) throws {
        let (night, _) = try ingest("cadre_id,name,id_number,birth_date,phone,home\n", key: key, mode: mode)
        guard case .configuration = night.error else {
            Issue.record("the night went on")
            return
        }
        let finding = try night.first("UnusableIdentityKey")
        #expect(finding.message.contains(why) && finding.location == .init(file: "identity.key", field: "identityKey"))
    }

    @Test("the demonstration key may lie open, and every run says so")
    func demonstration() throws {
        let (night, _) = try ingest("cadre_id,name,id_number,birth_date,phone,home\nC1,张一,,,,\n", mode: 0o644, demonstration: true)
        #expect(night.error == nil)
        #expect(try night.first("DemonstrationKey").severity == .note)
    }
}
