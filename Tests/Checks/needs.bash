# Sourced by the checks that run Tests/Scripts.
# missing_module TAIPAN FILE: prints a native module that FILE needs (`# needs: MODULE`) and whose system library is not here.
missing_module() {
  local module
  for module in $(sed -n 's/^# needs: //p' "$2"); do
    # Only this reason excuses a script: any other failure of the import is for the script to report.
    "$1" -c "import $module" 2>&1 | grep -q "the system's library .* was not found" && { echo "$module"; return; }
  done
}
