import PyCLI
import PyPlatform

exitProcess(runCommand(CommandLine.arguments))
