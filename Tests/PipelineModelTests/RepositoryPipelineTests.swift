import FoundationEssentials
import PipelineModel
import Testing

/// The folder of the package, from this file's own place.
let packageFolder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")

@Suite struct RepositoryPipelineTests {
    @Test func loadsWithoutAnError() throws {
        let loaded = try Pipeline.load(path: packageFolder + "/pipelines/nightly.yaml")
        let pipeline = loaded.pipeline
        let roles = Set(pipeline.sources.flatMap { $0 }.map(\.role))
        // What is said of the configuration is that a role has no contract, and only of roles that have none.
        for finding in loaded.findings {
            #expect(finding.check == "SourceWithoutContract")
            #expect(finding.severity < .error)
            #expect(finding.value.flatMap(SourceRole.init).map { !roles.contains($0) } ?? false, "\(finding)")
        }
        if roles.count == SourceRole.allCases.count { #expect(loaded.findings.isEmpty) }
        #expect(pipeline.name == "cadre-nightly")
        #expect(pipeline.folder == packageFolder + "/pipelines")
        #expect(pipeline.indicators.count == 8)
        #expect(Set(pipeline.schemes.map(\.kind)) == Set(KindOfBody.allCases))
        #expect(pipeline.triggers.map(\.id) == ["annual_incompetent", "basically_competent_twice", "admonition_not_corrected"])
        #expect(pipeline.protections == ProtectionRules())
        #expect(pipeline.flagging == FlaggingRules())
        #expect(pipeline.linkage == LinkageRules())
        #expect(
            pipeline.dispositions.rules.map(\.disposition) == [
                .reassignment, .reassignment, .retraining, .retraining, .recall, .recall, .recall, .supportTalk,
            ])
        #expect(pipeline.identityKeyIsDemonstration)
        #expect(pipeline.configurationHash.utf8.count == 64)
    }

    @Test func everySchemeWeighsAndComparesSensibly() throws {
        let pipeline = try Pipeline.load(path: packageFolder + "/pipelines/nightly.yaml").pipeline
        func weight(_ indicator: String, _ kind: KindOfBody) -> Double {
            pipeline.scheme(for: kind)?.weights.first { $0.indicator == indicator }?.weight ?? 0
        }
        for scheme in pipeline.schemes {
            #expect(abs(scheme.weights.reduce(0) { $0 + $1.weight } - 1) < 1e-9)
            #expect(scheme.peerGroups == [.rankBandAndPostType, .rankBand, .scheme])
        }
        #expect(weight("ballot_score", .township) > weight("ballot_score", .municipalOrgan))
        #expect(weight("petitions_substantiated", .township) > weight("petitions_substantiated", .county))
        #expect(weight("petitions_substantiated", .stateEnterprise) == 0)
        #expect(weight("media_overdue", .stateEnterprise) == 0)
        #expect(pipeline.scheme(for: .university)?.band(ofRank: "副教授") == "faculty")
        #expect(pipeline.scheme(for: .stateEnterprise)?.band(ofRank: "中层副职") == "manager")
        #expect(pipeline.scheme(for: .county)?.band(ofRank: nil) == "other")
    }
}
