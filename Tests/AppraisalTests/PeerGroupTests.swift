import PipelineModel
import Testing
import Warehouse

@testable import Appraisal

@Suite struct PeerGroupTests {
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        /// Members of each band and type.
        let sizes: [String: Int]
        var levels: [PeerGrouping] = [.rankBandAndPostType, .rankBand, .scheme]
        /// Group id and size.
        let groups: [String: Int]
        var left = 0
    }

    /// With at least 10 peers.
    static let cases = [
        Case(testDescription: "each stands by itself", sizes: ["a/x": 10, "a/y": 12], groups: ["county/a/x": 10, "county/a/y": 12]),
        Case(
            testDescription: "small ones pool within the band, the large one stays", sizes: ["a/x": 50, "a/y": 6, "a/z": 4],
            groups: ["county/a/x": 50, "county/a": 10]),
        Case(
            testDescription: "what is left of the bands pools in the scheme", sizes: ["a/x": 50, "a/y": 6, "b/x": 5],
            groups: ["county/a/x": 50, "county": 11]),
        Case(
            testDescription: "what is still left joins the largest of its band", sizes: ["a/x": 50, "a/y": 12, "b/x": 80, "a/z": 2],
            groups: ["county/a": 52, "county/a/y": 12, "county/b/x": 80]),
        Case(
            testDescription: "or the largest of the scheme, where its band has none", sizes: ["a/x": 50, "b/x": 80, "c/x": 2],
            groups: ["county/a/x": 50, "county": 82]),
        Case(
            testDescription: "but not where the scheme never compares bands", sizes: ["a/x": 50, "c/x": 2], levels: [.rankBandAndPostType, .rankBand],
            groups: ["county/a/x": 50], left: 2),
        Case(testDescription: "all together", sizes: ["a/x": 4, "b/y": 6], groups: ["county": 10]),
        Case(testDescription: "too few", sizes: ["a/x": 4, "b/y": 5], groups: [:], left: 9),
        Case(testDescription: "nobody", sizes: [:], groups: [:]),
    ]

    @Test("groups", arguments: cases)
    func groups(example: Case) throws {
        let result = groups(of: example)
        #expect(Dictionary(uniqueKeysWithValues: result.groups.map { ($0.groupID, $0.size) }) == example.groups)
        #expect(result.notJudged.count == example.left)
        #expect(result.notJudged.allSatisfy { $0.reason == .tooFewPeers && $0.detail.contains("10") })
        #expect(result.members.count + result.notJudged.count == example.sizes.values.reduce(0, +))
        for (place, group) in result.groups.enumerated() {
            #expect(result.members.filter { $0.groupID == group.groupID && $0.group == place }.count == group.size)
            #expect(group.size >= 10)
            #expect((group.finestGroups > 1) == !group.mergedFrom.isEmpty)
        }
    }

    @Test("a merged group says what it holds and what its members share")
    func merged() throws {
        let group = try #require(groups(of: Self.cases[1]).groups.first { $0.groupID == "county/a" })
        #expect(group.grouping == .rankBand && group.rankBand == "a" && group.postType == nil && group.finestGroups == 2)
        #expect(group.mergedFrom == "county/a/y 6; county/a/z 4")
        let joined = try #require(groups(of: Self.cases[4]).groups.first { $0.groupID == "county" })
        #expect(joined.grouping == .scheme && joined.rankBand == nil && joined.postType == "x")
    }

    private func groups(of example: Case) -> PeerGroups {
        var scheme = AppraisalScheme(kind: .county, label: BilingualText(chinese: "", english: ""))
        scheme.minimumPeers = 10
        scheme.peerGroups = example.levels
        let window = MonthWindow(trailing: 12, asOf: World.asOf)
        var candidates: [Candidate] = []
        for (key, size) in example.sizes.sorted(by: { $0.key < $1.key }) {
            let parts = key.split(separator: "/").map(String.init)
            for number in 0..<size {
                candidates.append(
                    Candidate(
                        cadreID: "\(key)\(number)", kind: .county, unitID: "U1", post: nil, postType: parts[1], rank: nil, rankBand: parts[0],
                        postStart: window.first.firstDay, counted: window, window: window, exposureMonths: 12, leave: LongLeave()))
            }
        }
        return PeerGroups(of: candidates, schemes: [scheme])
    }
}
