public import ArgumentParser
public import Simulation

extension ExportEncoding: ExpressibleByArgument {}

/// How the exports are written, where not as each system does it by itself.
struct ExportOptions: ParsableArguments {
    @Option(help: "Encoding of every export: utf-8, utf-8-bom or gb18030; by default each system has its own.") var encoding: ExportEncoding?
    @Flag(help: "Nothing broken, delivered twice or typed by hand, and every day as in 2025-11-03: for programs that check nothing.") var tidy = false
    @Flag(help: "Quote every cell, as some systems do; by default only those that must be.") var quotes = false
    @Flag(help: "Divide each type of post by field of work: some 200 groups of peers instead of 50.") var dividePosts = false

    /// Changes the world's parameters to what was asked for.
    func apply(to world: inout WorldParameters) {
        world.exports = ExportHabits(encoding: encoding, hasPlainDates: tidy, quotesEveryCell: quotes)
        world.dividesPosts = dividePosts
        if tidy { world.mess = .none }
    }
}
