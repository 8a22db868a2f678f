import PyCLI
import PyPlatform

exitProcess(runCommand(commandLineArguments()))
