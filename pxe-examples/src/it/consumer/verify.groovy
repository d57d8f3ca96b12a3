assert new File(basedir, "target/class-path.txt").text == "class path"
assert new File(basedir, "target/module-path.txt").text == "module path"
return true
