import TapedeckCLI

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

@main
struct Tapedeck {
    @concurrent
    static func main() async {
        let environment = ProcessEnvironment.read()
        let watch = SignalWatch()
        let tool: CommandLineTool
        do {
            tool = CommandLineTool(registry: try AllConnectors.registry(), services: ConcreteServices.make())
        } catch {
            Output.system(environment: environment).standardError(Array("error: \(error)\n".utf8))
            exit(ExitCode.failed.rawValue)
        }
        let exitCode = await tool.run(
            arguments: Array(CommandLine.arguments.dropFirst()),
            environment: environment,
            output: .system(environment: environment),
            signals: watch.signals
        )
        exit(exitCode.rawValue)
    }
}
